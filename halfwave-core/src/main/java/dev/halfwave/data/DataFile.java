package dev.halfwave.data;

import dev.halfwave.archive.Archive;
import dev.halfwave.archive.ReadableFile;
import dev.halfwave.format.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** A dataset in one file, and what to say about files that are none. */
final class DataFile {
    private static final Map<String, String> PACKERS = Map.of(
            "\u00fd7zXZ", "a file packed by xz",
            "BZh", "a file packed by bzip2",
            "7z\u00bc\u00af", "a 7z archive",
            "Rar!", "a RAR archive",
            "(\u00b5/\u00fd", "a file packed by zstd");

    private static final Map<String, String> PICTURES = Map.of(
            "\u0089PNG", "one PNG image",
            "\u00ff\u00d8\u00ff", "one JPEG image",
            "GIF8", "one GIF image",
            "BM", "one BMP image");

    private static final String WANTED = "a folder or an archive with one folder of images per class, or a CSV table";

    private DataFile() {}

    /** Reads an archive or a table; part of it is held back if it has no test images. */
    static Splits read(Path file, ImageOptions images, double heldBack, long seed) {
        if (Archive.isArchive(file)) {
            return ArchivedImages.read(file, images, heldBack, seed);
        }
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.matches(".*\\.(csv|tsv)(\\.gz)?")) {
            return CsvImages.read(file, images).split(heldBack, seed);
        }
        throw mistaken(file, name);
    }

    private static ModelFormatException mistaken(Path file, String name) {
        byte[] bytes = beginning(file);
        String start = new String(bytes, StandardCharsets.ISO_8859_1);
        if (name.endsWith(".onnx") || name.endsWith(".safetensors") || bytes.length > 8 && bytes[8] == '{') {
            return refused(file, "a model or checkpoint", "give it to --model or --resume, and images to --data");
        }
        if (bytes.length > 3 && bytes[0] == 0 && bytes[1] == 0 && bytes[2] == 8) {
            return refused(file, "one IDX file of several", "name the folder that has all four of them");
        }
        for (Map.Entry<String, String> packer : PACKERS.entrySet()) {
            if (start.startsWith(packer.getKey())) {
                return refused(file, packer.getValue(), "unpack it and give the folder, or pack it as zip or tar.gz");
            }
        }
        for (Map.Entry<String, String> picture : PICTURES.entrySet()) {
            if (start.startsWith(picture.getKey())) {
                return refused(file, picture.getValue(), "name the folder whose sub-folders are the classes");
            }
        }
        if (name.matches(".*\\.(zip|tar|tgz|tar\\.gz)")) {
            return refused(file, "an archive that is damaged or of another kind", "get it again or pack it anew");
        }
        return refused(
                file,
                bytes.length == 0 ? "an empty file" : "a file of another kind",
                "check the path; a table needs a name that ends in .csv");
    }

    private static byte[] beginning(Path file) {
        try (InputStream in = ReadableFile.open(file, "a dataset")) {
            return in.readNBytes(16);
        } catch (IOException e) {
            throw ReadableFile.refused(file, "a dataset", "an error (" + e + ")", "check the disk", e);
        }
    }

    private static ModelFormatException refused(Path file, String received, String advice) {
        return new ModelFormatException(file + ": expected " + WANTED + ", received " + received + "; " + advice);
    }
}
