package dev.allclear.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A server that accepts every connection, reads what comes and never answers, as one behind a broken network does. */
final class Tarpit implements AutoCloseable {
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    Tarpit() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        daemon(this::accept);
    }

    /** {@code host:port}. */
    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Connections that nobody has closed yet. */
    int open() {
        return open.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                daemon(() -> swallow(socket));
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private void swallow(Socket socket) {
        try (socket) {
            while (socket.getInputStream().read() >= 0) {
                // and say nothing
            }
        } catch (IOException gone) {
            // closed by the other side, which is what is waited for
        } finally {
            open.remove(socket);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "tarpit");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
