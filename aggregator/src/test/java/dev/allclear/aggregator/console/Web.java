package dev.allclear.aggregator.console;

import dev.allclear.codec.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A client that sends exactly what it is told to, also what no well-behaved one would. */
public record Web(int port) {
    /** What came back; header names in small letters. */
    public record Answer(int status, Map<String, String> headers, String body) {
        public Map<String, Object> json() {
            return Json.parse(body);
        }
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    public Answer post(String path, String json, String... headers) {
        String[] more = new String[headers.length + 1];
        System.arraycopy(headers, 0, more, 0, headers.length);
        more[headers.length] = "content-type: application/json";
        return send("POST", path, json, more);
    }

    /** Sends headers as they are written; a Host header of loopback is added unless there is one. */
    public Answer send(String method, String path, String body, String... headers) {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nconnection: close\r\n");
        boolean hasHost = false;
        for (String header : headers) {
            request.append(header).append("\r\n");
            hasHost = hasHost || header.toLowerCase(Locale.ROOT).startsWith("host:");
        }
        request.append(hasHost ? "" : "host: localhost:" + port + "\r\n");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        request.append(method.equals("POST") ? "content-length: " + bytes.length + "\r\n" : "");
        try (Socket socket = open()) {
            socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return read(socket.getInputStream());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    public Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static Answer read(InputStream raw) throws IOException {
        InputStream in = new BufferedInputStream(raw);
        String status = line(in);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] parts = line.split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
        }
        return new Answer(
                Integer.parseInt(status.split(" ")[1]), headers, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }

    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
