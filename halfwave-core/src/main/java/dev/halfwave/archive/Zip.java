package dev.halfwave.archive;

import dev.halfwave.format.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Reads zip files with the JDK's reader, and counts what comes out whatever the directory says. */
final class Zip {
    private static final String AGAIN = "get the archive again, or unpack it and give the folder";

    private Zip() {}

    static void read(Path file, Meter meter, Archive.Visitor visitor) {
        Set<String> seen = new HashSet<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                meter.entry();
                String name = EntryName.checked(file, entry.getName());
                if (entry.isDirectory()) {
                    continue;
                }
                if (!seen.add(name)) {
                    throw refused(file, "every name once", "\"" + name + "\" twice", AGAIN, null);
                }
                if (visitor.wants(name)) {
                    visitor.take(name, content(zip, entry, meter));
                }
            }
        } catch (ZipException e) {
            throw refused(file, "a zip file", "one with an error (" + e.getMessage() + ")", AGAIN, e);
        } catch (IOException e) {
            throw ReadableFile.refused(
                    file, "a zip file", "an error of the file system (" + e + ")", "check the disk", e);
        }
    }

    private static byte[] content(ZipFile zip, ZipEntry entry, Meter meter) throws IOException {
        int room = meter.room();
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(room == Integer.MAX_VALUE ? room : room + 1);
            meter.promised(entry.getName(), bytes.length);
            return bytes;
        }
    }

    private static ModelFormatException refused(
            Path file, String expected, String received, String advice, @Nullable IOException e) {
        ModelFormatException refused =
                new ModelFormatException(file + ": expected " + expected + ", received " + received + "; " + advice);
        if (e != null) {
            refused.initCause(e);
        }
        return refused;
    }
}
