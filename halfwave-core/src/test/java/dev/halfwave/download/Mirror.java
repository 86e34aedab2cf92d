package dev.halfwave.download;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A small HTTP server on this machine, which can be told to behave badly. */
public final class Mirror implements AutoCloseable {
    /** What the server does with one request. */
    @FunctionalInterface
    interface Manners {
        void answer(Request request, OutputStream out) throws IOException;
    }

    /**
     * What was asked for.
     *
     * @param target as the first line has it
     * @param from the first byte wanted, 0 without a range
     */
    record Request(String target, int from) {}

    private final ServerSocket server;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Manners manners = this::serve;
    private volatile @Nullable IOException broken;

    public Mirror() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::run, "mirror");
        thread.setDaemon(true);
        thread.start();
    }

    /** The address of a file. */
    public String url(String path) {
        return "http://127.0.0.1:" + server.getLocalPort() + "/" + path;
    }

    int port() {
        return server.getLocalPort();
    }

    /** Puts a file there. */
    public Mirror with(String path, byte[] content) {
        files.put("/" + path, content);
        return this;
    }

    /** Behaves in another way from now on. */
    void behave(Manners newManners) {
        manners = newManners;
    }

    List<Request> requests() {
        return requests;
    }

    /** The last connection that ended before its time. */
    @Nullable
    IOException broken() {
        return broken;
    }

    /** How many requests have come. */
    public int count() {
        return requests.size();
    }

    private void run() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                Request request = read(socket);
                requests.add(request);
                manners.answer(request, socket.getOutputStream());
                socket.getOutputStream().flush();
            } catch (IOException e) {
                broken = e; // closed, or the client has left
            }
        }
    }

    private static Request read(Socket socket) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        String target = String.valueOf(in.readLine()).replaceAll("^\\S+ | \\S+$", "");
        int from = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("range: bytes=")) {
                from = Integer.parseInt(line.replaceAll("\\D+", " ").strip());
            }
        }
        return new Request(target, from);
    }

    /** As a good server does. */
    void serve(Request request, OutputStream out) throws IOException {
        String path = request.target().replaceFirst("^http://[^/]*", "");
        byte[] content = files.get(path);
        if (content == null) {
            head(out, "404 Not Found", 0, "");
        } else if (request.from() >= content.length && request.from() > 0) {
            head(out, "416 Range Not Satisfiable", 0, "Content-Range: bytes */" + content.length + "\r\n");
        } else {
            send(request, out, content, content.length, content.length);
        }
    }

    /** Sends the bytes up to {@code end}, and says that there are {@code total}. */
    static void send(Request request, OutputStream out, byte[] content, int total, int end) throws IOException {
        int from = request.from();
        String range = "Content-Range: bytes " + from + "-" + (total - 1) + "/" + total + "\r\n";
        head(out, from > 0 ? "206 Partial Content" : "200 OK", total - from, from > 0 ? range : "");
        out.write(content, from, Math.max(0, end - from));
    }

    static void head(OutputStream out, String status, long length, String more) throws IOException {
        String head =
                "HTTP/1.1 " + status + "\r\nContent-Length: " + length + "\r\nConnection: close\r\n" + more + "\r\n";
        out.write(head.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
