package dev.halfwave.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.format.ModelFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
    private static final byte[] CAT = bytes("a cat");
    private static final byte[] DOG = bytes("a dog".repeat(300));

    @TempDir
    Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> contents() {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        contents.put("animals/", new byte[0]);
        contents.put("./animals/cat.txt", CAT);
        contents.put("animals/empty", new byte[0]);
        contents.put("animals/dog.txt", DOG);
        contents.put("animals/notes.md", bytes("not wanted"));
        return contents;
    }

    private static Map<String, String> read(Path file, Limits limits) {
        Map<String, String> found = new TreeMap<>();
        Archive.read(file, limits, new Archive.Visitor() {
            @Override
            public boolean wants(String name) {
                return !name.endsWith(".md");
            }

            @Override
            public void take(String name, byte[] content) {
                found.put(name, new String(content, StandardCharsets.UTF_8));
            }
        });
        return found;
    }

    private static Map<String, String> read(Path file) {
        return read(file, Limits.usual());
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(byte[] tar) throws IOException {
        Path file = Files.write(folder.resolve("a.tar"), tar);
        return assertThatThrownBy(() -> read(file)).isInstanceOf(ModelFormatException.class);
    }

    private Path tarred(byte[] tar) throws IOException {
        return Files.write(folder.resolve("a.tar"), tar);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.zip", "a.tar", "a.tar.gz", "a.tgz"})
    void everyFormIsReadAlike(String name) throws IOException {
        Path file = Packed.write(folder.resolve(name), contents());

        assertThat(Archive.isArchive(file)).isTrue();
        assertThat(read(file))
                .containsOnly(
                        Map.entry("animals/cat.txt", "a cat"),
                        Map.entry("animals/empty", ""),
                        Map.entry("animals/dog.txt", "a dog".repeat(300)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PK", "text that is longer than a tar header ", "\u001f\u008b\b not really gzip"})
    void otherFilesAreNoArchives(String text) throws IOException {
        Path file = Files.write(folder.resolve("a.zip"), text.repeat(20).getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Archive.isArchive(file)).isFalse();
    }

    @Test
    void longNamesOfEveryKindAreRead() throws IOException {
        String name = "a/" + "long/".repeat(60) + "name";
        String prefix = "p".repeat(120);
        byte[] ustar = Packed.header("end", '0', "00000000005");
        Packed.put(ustar, 345, prefix);
        String pax = " path=" + name + "\n";
        byte[] record = bytes((pax.length() + 3) + pax);
        Path file = tarred(new Packed()
                .entry("pax_global_header", 'g', bytes("11 a=hello\n"))
                .entry("././@LongLink", 'L', bytes(name + "1\0"))
                .entry("short", '0', CAT)
                .entry("pax", 'x', record)
                .entry("short", '0', CAT)
                .entry(Packed.summed(ustar), CAT)
                .entry("after", '0', CAT)
                .end());

        assertThat(read(file)).containsOnlyKeys(name + "1", name, prefix + "/end", "after");
    }

    @Test
    void sizesOfEveryKindAreRead() throws IOException {
        byte[] binary = Packed.header("binary", '0', "");
        binary[124] = (byte) 0x80;
        binary[135] = 5;
        byte[] ofPax = Packed.header("pax", '0', "00000000000");
        Path file = tarred(new Packed()
                .entry(Packed.summed(binary), CAT)
                .entry("size", 'x', bytes("10 size=5\n"))
                .entry(ofPax, CAT)
                .end());

        assertThat(read(file)).containsOnly(Map.entry("binary", "a cat"), Map.entry("pax", "a cat"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "/etc/evil", "C:\\evil", "..\\evil", "a/..", "\\\\host\\evil"})
    void namesThatLeadOutOfTheFolderAreRefused(String name) throws IOException {
        String text = ": expected names that stay inside the archive's folder, received \"" + name
                + "\"; do not unpack this archive, get one from a source you trust";
        for (String form : new String[] {"a.zip", "a.tar.gz"}) {
            Path file = Packed.write(folder.resolve(form), Map.of(name, CAT));
            assertThatThrownBy(() -> read(file))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessage(file + text);
        }
        assertThat(folder.getParent().resolve("evil")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "1, a link called \"x\"",
        "2, a link called \"x\"",
        "3, a device called \"x\"",
        "6, a device called \"x\"",
        "S, an entry of type 'S' called \"x\""
    })
    void whatIsNeitherFileNorFolderIsRefused(char type, String received) throws IOException {
        refused(new Packed().entry("x", type, new byte[0]).end())
                .hasMessage(
                        folder.resolve("a.tar") + " (at byte 0): expected files and folders only, received " + received
                                + "; pack the files themselves, without links, or unpack the archive and give the folder");
    }

    @Test
    void aNameMayComeOnlyOnce() throws IOException {
        refused(new Packed().entry("x", '0', CAT).entry("./x", '0', DOG).end())
                .hasMessage(
                        folder.resolve("a.tar")
                                + ": expected every name once, received \"x\" twice; get the file again, it is damaged or incomplete");
    }

    @Test
    void headersHaveToBeSound() throws IOException {
        byte[] tar = new Packed().entry("x", '0', CAT).entry("y", '0', CAT).end();
        tar[1024 + 3] ^= 1;
        refused(tar)
                .hasMessage(folder.resolve("a.tar") + " (at byte 1024): expected a tar header, received a block that is"
                        + " none; get the file again, it is damaged or incomplete");
        byte[] size = Packed.summed(Packed.header("x", '0', "1x"));
        refused(new Packed().entry(size, CAT).end()).hasMessageContaining("expected a tar header");
        refused(new Packed().entry("p", 'x', bytes("99 path=x\n")).end())
                .hasMessageContaining("expected records of a pax header, received one of a wrong length");
        refused(new Packed().entry("p", 'x', bytes("10 size=x\n")).end())
                .hasMessageContaining("expected a size in a pax header, received x");
        refused(new Packed().entry("p", 'L', new byte[70_000]).end())
                .hasMessageContaining("expected a name of at most 65536 bytes, received 70000");
    }

    @Test
    void whatIsCutShortIsRefusedWhereverThatIs() throws IOException {
        byte[] tar = Packed.tar(contents());
        byte[] packed = Packed.gzip(tar);
        for (int length = 512; length < tar.length - 1024; length += 100) {
            refused(Arrays.copyOf(tar, length)).hasMessageContaining("it is damaged or incomplete");
        }
        for (int length = 20; length < packed.length; length += 7) {
            refused(Arrays.copyOf(packed, length)).hasMessageContaining("it is damaged or incomplete");
        }
        byte[] zip = Packed.zip(contents());
        for (int length = 4; length < zip.length; length += 11) {
            refused(Arrays.copyOf(zip, length)).hasMessageContaining("expected a zip file, received one with an error");
        }
    }

    @Test
    void gzipsChecksumIsCompared() throws IOException {
        byte[] packed = Packed.gzip(Packed.tar(contents()));
        packed[packed.length - 6] ^= 1;
        refused(packed).hasMessageContaining("gzip data with an error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.zip", "a.tar.gz"})
    void bombsAreStoppedByTheRatio(String name) throws IOException {
        Path file = Packed.write(folder.resolve(name), Map.of("zeros", new byte[3_000_000]));
        Limits limits = new Limits(10, 10_000_000, 100_000_000, 100, 1000);

        assertThatThrownBy(() -> read(file, limits))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(file + ": expected an archive of " + Files.size(file) + " bytes to unpack to at most "
                        + 100 * Files.size(file) + ", received more; if you trust it, unpack it and give the folder");
        assertThat(read(file, new Limits(10, 10_000_000, 100_000_000, 100, 4_000_000)))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.zip", "a.tar"})
    void everyLimitHolds(String name) throws IOException {
        Path file = Packed.write(folder.resolve(name), contents());

        assertThatThrownBy(() -> read(file, new Limits(4, 1 << 20, 1 << 20, 100, 1 << 20)))
                .hasMessage(file
                        + ": expected at most 4 entries, received more; unpack it and give the folder, if you trust"
                        + " it");
        assertThatThrownBy(() -> read(file, new Limits(10, 1000, 1 << 20, 100, 1 << 20)))
                .hasMessageStartingWith(
                        file + ": expected files of at most 1000 bytes, received \"animals/dog.txt\" of ");
        assertThatThrownBy(() -> read(file, new Limits(10, 1 << 20, 1400, 100, 1 << 20)))
                .hasMessageContaining("to unpack to at most 1400, received more");
    }

    @Test
    void aSizeThatIsNotThereTakesNoMemory() throws IOException {
        byte[] huge = Packed.summed(Packed.header("x", '0', "77777777777"));
        refused(new Packed().entry(huge, CAT).end())
                .hasMessageContaining("expected files of at most 67108864 bytes, received \"x\" of 8589934591");
        byte[] unwanted = Packed.summed(Packed.header("x.md", '0', "77777777777"));
        refused(new Packed().entry(unwanted, CAT).end()).hasMessageContaining("received more");
    }

    @Test
    void namesOnWindowsAreReadToo() throws IOException {
        Path file = Packed.write(folder.resolve("a.zip"), Map.of("animals\\cat.txt", CAT));
        assertThat(read(file)).containsOnlyKeys("animals/cat.txt");
    }

    @Test
    void damageAnywhereIsRefusedOrHarmless() throws IOException {
        byte[][] forms = {Packed.zip(contents()), Packed.tar(contents()), Packed.gzip(Packed.tar(contents()))};
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] bytes = forms[random.nextInt(forms.length)].clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Path file = Files.write(folder.resolve("damaged"), bytes);
            assertThatCode(() -> readOrRefuse(file)).as("seed %d", seed).doesNotThrowAnyException();
        }
    }

    private static void readOrRefuse(Path file) {
        try {
            read(file);
        } catch (ModelFormatException | UncheckedIOException e) {
            assertThat(e).hasMessageMatching("(?s).*: expected .*, received .*; .*");
        }
    }
}
