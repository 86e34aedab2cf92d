package dev.halfwave.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One connection to one server, that brings a file or the rest of it.
 *
 * <p>It goes through whatever proxy the JVM is set to: {@code http.proxyHost}, {@code https.proxyHost}, {@code
 * socksProxyHost} and their relatives, or the default {@link java.net.ProxySelector}. That, SOCKS, and a limit on how
 * long a server may be silent in the middle are why it is not a {@code java.net.http.HttpClient}.
 *
 * @param url where from
 * @param part where to; bytes that are there already are not asked for again
 * @param most the most bytes that the whole file may have
 * @param watcher hears of every piece
 */
record Transfer(String url, RandomAccessFile part, long most, Watcher watcher) {
    private static final int CONNECT_MILLIS = 15_000;
    private static final int SILENCE_MILLIS = 30_000;
    private static final int MOST_REDIRECTS = 5;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d{1,18})-\\d{1,18}|\\*)/(\\d{1,18})");

    /** A server's answer that asking again will not change. */
    static final class Refusal extends IOException {
        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message);
        }
    }

    /** Brings everything that is missing. Whatever was read before an exception stays in the file. */
    void run() throws IOException {
        long have = part.length();
        HttpURLConnection connection = connected(have);
        try {
            long total = begin(connection, have);
            copy(connection, total);
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection connected(long have) throws IOException {
        URI at = URI.create(url);
        if (!isWeb(at)) {
            throw new Refusal("an address that begins with neither http nor https");
        }
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            HttpURLConnection connection = (HttpURLConnection) at.toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(SILENCE_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("User-Agent", "halfwave");
            connection.setRequestProperty("Accept-Encoding", "identity");
            if (have > 0) {
                connection.setRequestProperty("Range", "bytes=" + have + "-");
            }
            String location = connection.getHeaderField("Location");
            if (connection.getResponseCode() / 100 != 3 || location == null) {
                return connection;
            }
            at = redirected(at, location);
            connection.disconnect();
        }
        throw new Refusal("more than " + MOST_REDIRECTS + " redirections");
    }

    /** Never from an encrypted connection to an open one, or to a file. */
    private static URI redirected(URI from, String location) throws Refusal {
        try {
            URI to = from.resolve(location);
            if (isWeb(to) && (isEncrypted(to) || !isEncrypted(from))) {
                return to;
            }
        } catch (IllegalArgumentException e) { // no address at all
            throw new Refusal("a redirection to " + location);
        }
        throw new Refusal("a redirection to " + location);
    }

    private static boolean isWeb(URI address) {
        return isEncrypted(address) || "http".equalsIgnoreCase(address.getScheme());
    }

    private static boolean isEncrypted(URI address) {
        return "https".equalsIgnoreCase(address.getScheme());
    }

    /** Puts the file where the answer goes on; the size of the whole, or -1 if the server does not say. */
    private long begin(HttpURLConnection connection, long have) throws IOException {
        int status = connection.getResponseCode();
        Matcher range = RANGE.matcher(String.valueOf(connection.getHeaderField("Content-Range")));
        boolean ranged = range.matches();
        if (status == RANGE_NOT_SATISFIABLE) {
            return pastTheEnd(have, ranged ? Long.parseLong(range.group(2)) : -1);
        }
        if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_PARTIAL) {
            String text = "HTTP status " + status;
            throw status >= 500 ? new IOException(text) : new Refusal(text);
        }
        boolean partial = status == HttpURLConnection.HTTP_PARTIAL;
        if (partial && (!ranged || !String.valueOf(have).equals(range.group(1)))) {
            part.setLength(0);
            throw new IOException("another part of the file than was asked for");
        }
        if (!partial) {
            part.setLength(0);
        }
        part.seek(part.length());
        long rest = connection.getContentLengthLong();
        long total = rest < 0 ? -1 : part.length() + rest;
        if (total > most) {
            throw new Refusal("a file of " + total + " bytes");
        }
        watcher.begins(url, part.length(), total);
        return total;
    }

    /** Everything is there already, or more than everything. */
    private long pastTheEnd(long have, long total) throws IOException {
        if (total != have) {
            part.setLength(0);
            throw new IOException("a file of " + total + " bytes, of which " + have + " were here");
        }
        return have;
    }

    private void copy(HttpURLConnection connection, long total) throws IOException {
        if (part.length() == total) {
            return;
        }
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = connection.getInputStream()) {
            for (int read = read(in, buffer, total); read >= 0; read = read(in, buffer, total)) {
                part.write(buffer, 0, read);
                if (part.length() > most) {
                    part.setLength(0);
                    throw new Refusal("more than " + most + " bytes");
                }
                watcher.reached(part.length(), total);
            }
        }
        if (total >= 0 && part.length() < total) {
            throw new IOException("the end after " + part.length() + " of " + total + " bytes");
        }
    }

    /** The same on all JDKs: newer ones throw an exception of their own where fewer bytes come than were promised. */
    private static int read(InputStream in, byte[] buffer, long total) throws IOException {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            if (total >= 0 && "Premature EOF".equals(e.getMessage())) {
                return -1;
            }
            throw e;
        }
    }

    /** Hears of one transfer. */
    interface Watcher {
        void begins(String url, long have, long total);

        void reached(long have, long total);
    }
}
