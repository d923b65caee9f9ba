package dev.allclear.cli.progress;

import java.io.OutputStream;

/** Output of anyone else that goes to the same terminal: the block makes room for it, and returns below it. */
final class AboveBlock extends OutputStream {
    private final OutputStream terminal;
    private final LiveProgress progress;
    private final boolean wholeLines;

    /** @param wholeLines what is written begins a line of its own, wherever others have stopped */
    AboveBlock(OutputStream terminal, LiveProgress progress, boolean wholeLines) {
        this.terminal = terminal;
        this.progress = progress;
        this.wholeLines = wholeLines;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        progress.write(terminal, wholeLines, bytes, offset, length);
    }

    @Override
    public void flush() {
        // what is written is written through
    }
}
