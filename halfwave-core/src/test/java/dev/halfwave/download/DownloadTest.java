package dev.halfwave.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.archive.Packed;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTest {
    private static final byte[] CONTENT = content();
    private static final String NAME = "data.gz";

    @TempDir
    Path folder;

    private final Mirror mirror = new Mirror();
    private final List<String> heard = new ArrayList<>();

    @AfterEach
    void close() {
        mirror.close();
    }

    /** Not to be packed further, so that a part of the file is a part of the packed one. */
    private static byte[] content() {
        byte[] bytes = new byte[200_000];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static String hex(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private Download download(String... urls) {
        Contents contents = Contents.unpacked(hex("MD5", CONTENT));
        RemoteFile file = new RemoteFile(NAME, CONTENT.length, contents);
        return new Download(file, List.of(urls), folder.resolve("below"), new Listener(), 1);
    }

    private Path part() {
        return folder.resolve("below").resolve(NAME + ".part");
    }

    private void writePart(byte[] bytes) throws IOException {
        Files.createDirectories(part().getParent());
        Files.write(part(), bytes);
    }

    private void arrives(Download download) throws IOException {
        Path file = download.fetch();
        assertThat(file).isEqualTo(folder.resolve("below").resolve(NAME));
        Contents.unpacked(hex("SHA-256", CONTENT)).check(file);
        assertThat(part()).doesNotExist();
    }

    private final class Listener implements Watcher {
        @Override
        public void begins(String url, Path file, long have, long total) {
            heard.add("begins " + url.replaceFirst("http://127.0.0.1:\\d+/", "") + " at " + have + " of " + total);
        }

        @Override
        public void failed(String text) {
            heard.add(text);
        }
    }

    @Test
    void aGoodMirrorIsAskedOnce() throws IOException {
        byte[] packed = Packed.gzip(CONTENT);
        mirror.with("a/" + NAME, packed);
        arrives(download(mirror.url("a/" + NAME)));

        assertThat(mirror.requests()).containsExactly(new Mirror.Request("/a/" + NAME, 0));
        assertThat(heard).containsExactly("begins a/data.gz at 0 of " + packed.length);
    }

    @Test
    void aServerThatBreaksOffIsAskedForTheRest() throws IOException {
        byte[] packed = Packed.gzip(CONTENT);
        mirror.behave((request, out) ->
                Mirror.send(request, out, packed, packed.length, Math.min(packed.length, request.from() + 70_000)));
        arrives(download(mirror.url(NAME)));

        assertThat(mirror.requests()).extracting(Mirror.Request::from).containsExactly(0, 70_000, 140_000);
        assertThat(heard)
                .containsExactly(
                        "begins data.gz at 0 of " + packed.length,
                        "the end after 70000 of " + packed.length + " bytes; trying again",
                        "begins data.gz at 70000 of " + packed.length,
                        "the end after 140000 of " + packed.length + " bytes; trying again",
                        "begins data.gz at 140000 of " + packed.length);
    }

    @Test
    void whatAnEarlierProgramLeftIsGoneOnWith() throws IOException {
        byte[] packed = Packed.gzip(CONTENT);
        mirror.with(NAME, packed);
        writePart(Arrays.copyOf(packed, 12_345));
        arrives(download(mirror.url(NAME)));

        assertThat(mirror.requests()).extracting(Mirror.Request::from).containsExactly(12_345);
    }

    @Test
    void anotherMirrorGoesOnWhereTheFirstGaveUp() throws IOException {
        byte[] packed = Packed.gzip(CONTENT);
        try (Mirror broken = new Mirror()) {
            broken.behave((request, out) -> Mirror.send(request, out, packed, packed.length, 50_000));
            mirror.with(NAME, packed);
            arrives(download(broken.url(NAME), mirror.url(NAME)));
        }
        assertThat(mirror.requests()).extracting(Mirror.Request::from).containsExactly(50_000);
    }

    @Test
    void aServerWithoutRangesStartsAnew() throws IOException {
        byte[] packed = Packed.gzip(CONTENT);
        writePart(new byte[999]);
        mirror.behave(
                (request, out) -> Mirror.send(new Mirror.Request("", 0), out, packed, packed.length, packed.length));
        arrives(download(mirror.url(NAME)));
    }

    @Test
    void aPartThatIsCompleteNeedsNoMore() throws IOException {
        byte[] packed = Packed.gzip(CONTENT);
        mirror.with(NAME, packed);
        writePart(packed);
        arrives(download(mirror.url(NAME)));
    }

    @Test
    void aPartOfAnotherFileIsFetchedAnew() throws IOException {
        byte[] packed = Packed.gzip(CONTENT);
        mirror.with(NAME, packed);
        writePart(new byte[5_000]);
        arrives(download(mirror.url(NAME)));
        assertThat(mirror.requests()).extracting(Mirror.Request::from).containsExactly(5_000, 0);
        assertThat(heard.get(1)).startsWith("something else (").endsWith("); fetching it from the start");

        writePart(new byte[packed.length + 1]);
        arrives(download(mirror.url(NAME)));
    }

    @Test
    void aLengthThatIsTooLongIsForgivenWhenEverythingIsThere() throws IOException {
        byte[] packed = Packed.gzip(CONTENT);
        mirror.behave((request, out) -> Mirror.send(request, out, packed, packed.length + 500, packed.length));
        arrives(download(mirror.url(NAME)));
    }

    @Test
    void aLengthThatIsTooShortIsFoundOut() throws IOException {
        byte[] packed = Packed.gzip(CONTENT);
        mirror.behave((request, out) -> Mirror.send(request, out, packed, 100_000, packed.length));
        assertThatThrownBy(() -> download(mirror.url(NAME)).fetch())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith(
                        NAME + ": expected to download it, received something else (" + part() + ", unpacked (at byte ")
                .hasMessageContaining("received gzip data that ends too soon")
                .hasMessageEndingWith("from " + mirror.url(NAME) + "; try again later, or put the file into "
                        + folder.resolve("below") + " by other means");
        assertThat(folder.resolve("below").resolve(NAME)).doesNotExist();
    }

    @Test
    void wrongBytesAreThrownAway() throws IOException {
        byte[] other = CONTENT.clone();
        other[100_000] ^= 1;
        mirror.with(NAME, Packed.gzip(other));
        assertThatThrownBy(() -> download(mirror.url(NAME)).fetch())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("expected the MD5 " + hex("MD5", CONTENT)
                        + ", received other bytes; get it from another mirror");
        assertThat(part()).isEmptyFile();
        assertThat(folder.resolve("below").resolve(NAME)).doesNotExist();
    }

    @Test
    void aFileWithoutEndIsStopped() {
        mirror.behave((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 100; i++) {
                out.write(new byte[100_000]);
            }
        });
        assertThatThrownBy(() -> download(mirror.url(NAME)).fetch())
                .hasMessageContaining("received more than 1048576 bytes from");
        mirror.behave((request, out) -> Mirror.head(out, "200 OK", 1L << 40, ""));
        assertThatThrownBy(() -> download(mirror.url(NAME)).fetch())
                .hasMessageContaining("received a file of 1099511627776 bytes from");
        assertThat(part()).isEmptyFile();
        assertThat(mirror.broken())
                .as("the first one could not send everything")
                .isNotNull();
    }

    @Test
    void aPartThatWasNotAskedForIsNotTaken() throws IOException {
        writePart(new byte[100]);
        mirror.behave((request, out) -> Mirror.head(
                out, "206 Partial Content", 10, "Content-Range: bytes " + (request.from() + 1) + "-10/20\r\n"));
        assertThatThrownBy(() -> download(mirror.url(NAME)).fetch())
                .hasMessageContaining("another part of the file than was asked for");
    }

    @Test
    void everyMirrorsFailureIsTold() throws IOException {
        writePart(new byte[] {0x1f});
        String gone = mirror.url("gone");
        mirror.close();
        try (Mirror empty = new Mirror()) {
            assertThatThrownBy(() -> download(gone, empty.url("none")).fetch())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("Connection refused from " + gone + "; HTTP status 404 from "
                            + empty.url("none") + "; what came is kept: go on later with the same command");
            assertThat(empty.count())
                    .as("a file that is not there is not asked for again")
                    .isEqualTo(1);
        }
        assertThat(heard).containsExactly("Connection refused; trying again", "Connection refused; trying again");
    }

    @Test
    void aServerInTroubleIsAskedAgain() throws IOException {
        mirror.with(NAME, Packed.gzip(CONTENT));
        mirror.behave((request, out) -> {
            Mirror.head(out, "503 Service Unavailable", 0, "");
            mirror.behave(mirror::serve);
        });
        arrives(download(mirror.url(NAME)));
        assertThat(heard.get(0)).isEqualTo("HTTP status 503; trying again");
    }

    @Test
    void redirectionsAreFollowedButNotOutOfTheNetwork() throws IOException {
        mirror.with("there", Packed.gzip(CONTENT));
        mirror.behave((request, out) -> {
            if (request.target().equals("/here")) {
                Mirror.head(out, "302 Found", 0, "Location: /there\r\n");
            } else {
                mirror.serve(request, out);
            }
        });
        arrives(download(mirror.url("here")));

        mirror.behave((request, out) -> Mirror.head(out, "302 Found", 0, "Location: file:///etc/passwd\r\n"));
        assertThatThrownBy(() -> download(mirror.url("here")).fetch())
                .hasMessageContaining("received a redirection to file:///etc/passwd");
        mirror.behave((request, out) -> Mirror.head(out, "302 Found", 0, "Location: /here\r\n"));
        assertThatThrownBy(() -> download(mirror.url("here")).fetch())
                .hasMessageContaining("received more than 5 redirections");
    }

    @Test
    void addressesAreOfTheWeb() {
        assertThatThrownBy(() -> download("file:///etc/passwd").fetch())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(
                        "received an address that begins with neither http nor https from file:///etc/passwd");
        mirror.behave((request, out) -> Mirror.head(out, "302 Found", 0, "Location: http://a b\r\n"));
        assertThatThrownBy(() -> download(mirror.url("here")).fetch())
                .hasMessageContaining("received a redirection to http://a b from");
    }

    @Test
    void connectionsGoThroughTheProxyOfTheJvm() throws IOException {
        mirror.with(NAME, Packed.gzip(CONTENT));
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", Integer.toString(mirror.port()));
        try {
            arrives(download("http://halfwave.invalid/" + NAME));
        } finally {
            System.clearProperty("http.proxyHost");
            System.clearProperty("http.proxyPort");
        }
        assertThat(mirror.requests()).containsExactly(new Mirror.Request("http://halfwave.invalid/" + NAME, 0));
    }

    @Test
    void twoProgramsDoNotWriteIntoOnePart() throws IOException {
        writePart(new byte[0]);
        try (RandomAccessFile other = new RandomAccessFile(part().toFile(), "rw");
                FileLock lock = other.getChannel().lock(Long.MAX_VALUE - 1, 1, false)) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> download(mirror.url(NAME)).fetch())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("another program that is fetching " + part());
        }
        assertThat(mirror.count()).isZero();
    }

    @Test
    void contentsOfArchivesArePartOfTheArchive() throws IOException {
        Path file = Packed.write(folder.resolve("a.tar.gz"), Map.of("d/a", CONTENT, "d/b", new byte[3]));
        String right = hex("MD5", CONTENT);
        Contents.entries(Map.of("d/a", right)).check(file);

        assertThatThrownBy(() -> Contents.entries(Map.of("d/b", right)).check(file))
                .hasMessage(file + ", d/b: expected the MD5 " + right
                        + ", received other bytes; get it from another mirror");
        assertThatThrownBy(() ->
                        Contents.entries(Map.of("d/a", right, "d/c", right)).check(file))
                .hasMessage(file + ": expected an archive with 2 known files, received one without [d/c]; get it from"
                        + " another mirror");
    }

    @Test
    void packedContentsAreTheFileItself() throws IOException {
        Path file = Files.write(folder.resolve("x.gz"), Packed.gzip(CONTENT));
        Contents.packed(hex("SHA-256", Files.readAllBytes(file))).check(file);
        assertThatThrownBy(() -> Contents.packed(hex("MD5", CONTENT)).check(file))
                .hasMessageStartingWith(file + ": expected the MD5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "0123456789ABCDEF0123456789ABCDEF", "g123456789abcdef0123456789abcdef"})
    void checksumsAreHexadecimal(String hex) {
        assertThatThrownBy(() -> Contents.packed(hex))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("checksum: expected 32 or 64 hexadecimal digits, received " + hex);
    }

    @Test
    void aDownloadNeedsAMirror() {
        assertThatThrownBy(this::download)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data.gz: expected at least one mirror, received none");
    }
}
