package dev.halfwave.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes archives, good and bad ones. */
public final class Packed {
    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    /** A zip file with the given contents by name; a name that ends in a slash is a folder. */
    public static byte[] zip(Map<String, byte[]> contents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : contents.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    /** A tar file with the given contents by name. */
    public static byte[] tar(Map<String, byte[]> contents) {
        Packed packed = new Packed();
        contents.forEach((name, content) -> packed.entry(name, name.endsWith("/") ? '5' : '0', content));
        return packed.end();
    }

    public static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    /** Writes the archive in the form that the file's name asks for. */
    public static Path write(Path file, Map<String, byte[]> contents) throws IOException {
        String name = file.toString();
        byte[] bytes = name.endsWith(".zip") ? zip(contents) : tar(contents);
        return Files.write(file, name.endsWith("gz") ? gzip(bytes) : bytes);
    }

    /** An entry of a tar file, with whatever in it. */
    Packed entry(String name, char type, byte[] content) {
        return entry(header(name, type, String.format(Locale.ROOT, "%011o", content.length)), content);
    }

    Packed entry(byte[] header, byte[] content) {
        tar.writeBytes(header);
        tar.writeBytes(content);
        tar.writeBytes(new byte[-content.length & 511]);
        return this;
    }

    byte[] end() {
        tar.writeBytes(new byte[1024]);
        return tar.toByteArray();
    }

    static byte[] header(String name, char type, String size) {
        byte[] block = new byte[512];
        put(block, 0, name);
        put(block, 100, "0000644");
        put(block, 124, size);
        block[156] = (byte) type;
        put(block, 257, "ustar\00000");
        return summed(block);
    }

    /** The header with its checksum made right. */
    static byte[] summed(byte[] block) {
        put(block, 148, "        ");
        int sum = 0;
        for (byte value : block) {
            sum += value & 0xff;
        }
        put(block, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        return block;
    }

    static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }
}
