package dev.allclear.log;

import java.io.IOException;
import java.io.InputStream;

/** At most so many bytes of a stream; says when there may be more. */
final class BoundedInput extends InputStream {
    private final InputStream in;
    private final Runnable whenCut;
    private long left;

    BoundedInput(InputStream in, long most, Runnable whenCut) {
        this.in = in;
        this.left = most;
        this.whenCut = whenCut;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0) {
            whenCut.run();
            return -1;
        }
        int count = in.read(into, offset, (int) Math.min(left, length));
        left -= Math.max(0, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
