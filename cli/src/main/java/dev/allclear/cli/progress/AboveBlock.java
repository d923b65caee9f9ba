package dev.allclear.cli.progress;

import java.io.OutputStream;

/** Output of anyone else that goes to the same terminal: the block makes room for it, and returns below it. */
final class AboveBlock extends OutputStream {
    private final OutputStream terminal;
    private final LiveProgress progress;

    AboveBlock(OutputStream terminal, LiveProgress progress) {
        this.terminal = terminal;
        this.progress = progress;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        progress.write(terminal, bytes, offset, length);
    }

    @Override
    public void flush() {
        // what is written is written through
    }
}
