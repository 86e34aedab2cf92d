package dev.halfwave.archive;

import dev.halfwave.format.ModelFormatException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads tar files, plain or in gzip: the formats v7 and ustar, with GNU's long names and the paths and sizes of pax.
 *
 * <p>Links, devices, sparse files and whatever else is neither file nor folder are refused.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html">POSIX: pax, sections on the ustar and pax interchange formats</a>
 */
final class Tar {
    /** More than any name needs. */
    private static final int MOST_NAME_BYTES = 1 << 16;

    private final Path file;
    private final UnpackedFile in;
    private final Meter meter;
    private final Archive.Visitor visitor;
    private final Set<String> seen = new HashSet<>();
    private @Nullable String longName;
    private @Nullable Long longSize;

    private Tar(Path file, UnpackedFile in, Meter meter, Archive.Visitor visitor) {
        this.file = file;
        this.in = in;
        this.meter = meter;
        this.visitor = visitor;
    }

    static boolean isTar(Path file) {
        try (UnpackedFile in = UnpackedFile.open(file)) {
            return TarHeader.isSound(in.upTo(TarHeader.BLOCK));
        } catch (ModelFormatException | UncheckedIOException e) {
            return false; // whoever reads it as something else will say what is wrong with it
        }
    }

    static void read(Path file, Meter meter, Archive.Visitor visitor) {
        try (UnpackedFile in = UnpackedFile.open(file)) {
            Tar tar = new Tar(file, in, meter, visitor);
            while (tar.entry()) {
                meter.entry();
            }
            tar.drain();
        }
    }

    /** Reads the filling behind the end too, so that gzip compares its checksum. */
    private void drain() {
        byte[] rest = in.upTo(MOST_NAME_BYTES);
        while (rest.length > 0) {
            meter.unpacked(rest.length);
            rest = in.upTo(MOST_NAME_BYTES);
        }
    }

    /** Reads one entry; whether there was one. */
    private boolean entry() {
        long at = in.position();
        byte[] block = in.exactly(TarHeader.BLOCK, "a header, or the two empty blocks at the end of a tar file,");
        if (TarHeader.isEmpty(block)) {
            return false;
        }
        TarHeader header = TarHeader.of(block);
        if (!TarHeader.isSound(block) || header.size() < 0) {
            throw in.wrong(at, "a tar header", "a block that is none", UnpackedFile.GET_AGAIN);
        }
        switch (header.type()) {
            case 'L' -> longName = text(header);
            case 'x' -> pax(at, text(header));
            case 'g' -> text(header); // for the whole archive: comments and the like
            case '0', '7' -> file(header);
            case '5' -> {
                EntryName.checked(file, name(header));
                pass(header.size(), header.name());
                forget();
            }
            default -> throw refused(at, header);
        }
        return true;
    }

    private void file(TarHeader header) {
        String name = EntryName.checked(file, name(header));
        long size = longSize == null ? header.size() : longSize;
        forget();
        if (!seen.add(name)) {
            throw new ModelFormatException(
                    file + ": expected every name once, received \"" + name + "\" twice; " + UnpackedFile.GET_AGAIN);
        }
        if (visitor.wants(name)) {
            meter.promised(name, size);
            byte[] content = in.exactly((int) size, name);
            in.skip(padding(size), name);
            visitor.take(name, content);
        } else {
            pass(size, name);
        }
    }

    private void pass(long size, String name) {
        meter.unpacked(size);
        in.skip(size + padding(size), name);
    }

    private static long padding(long size) {
        return -size & (TarHeader.BLOCK - 1);
    }

    private String name(TarHeader header) {
        return longName == null ? header.name() : longName;
    }

    private void forget() {
        longName = null;
        longSize = null;
    }

    /** The content of an entry that is about the next one. */
    private String text(TarHeader header) {
        if (header.size() > MOST_NAME_BYTES) {
            throw in.wrong(
                    in.position(),
                    "a name of at most " + MOST_NAME_BYTES + " bytes",
                    Long.toString(header.size()),
                    UnpackedFile.GET_AGAIN);
        }
        byte[] bytes = in.exactly((int) header.size(), "a long name");
        in.skip(padding(bytes.length), "a long name");
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
    }

    /** Records as {@code 30 path=folder/file} with a line feed, each beginning with its own length in bytes. */
    private void pax(long at, String records) {
        byte[] bytes = records.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; ) {
            String rest = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
            int blank = rest.indexOf(' ');
            String digits = rest.substring(0, Math.max(0, blank));
            int length = digits.matches("[1-9]\\d{0,5}") ? Integer.parseInt(digits) : 0;
            if (length <= blank + 1 || from + length > bytes.length || bytes[from + length - 1] != '\n') {
                throw in.wrong(at, "records of a pax header", "one of a wrong length", UnpackedFile.GET_AGAIN);
            }
            String record = new String(bytes, from + blank + 1, length - blank - 2, StandardCharsets.UTF_8);
            remember(at, record);
            from += length;
        }
    }

    private void remember(long at, String record) {
        if (record.startsWith("path=")) {
            longName = record.substring("path=".length());
        } else if (record.startsWith("size=")) {
            String size = record.substring("size=".length());
            if (!size.matches("\\d{1,18}")) {
                throw in.wrong(at, "a size in a pax header", size, UnpackedFile.GET_AGAIN);
            }
            longSize = Long.valueOf(size);
        } else if (record.startsWith("GNU.sparse.")) {
            throw in.wrong(at, "plain files", "a sparse one", "pack the files anew with another tar");
        }
    }

    private ModelFormatException refused(long at, TarHeader header) {
        String kind = switch (header.type()) {
            case '1', '2' -> "a link";
            case '3', '4', '6' -> "a device";
            default -> "an entry of type '" + header.type() + "'";
        };
        return in.wrong(
                at,
                "files and folders only",
                kind + " called \"" + name(header) + "\"",
                "pack the files themselves, without links, or unpack the archive and give the folder");
    }
}
