package dev.halfwave.data;

import dev.halfwave.archive.ReadableFile;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;

/** Where the bytes of an image come from; its text is what messages call it. */
interface ImageSource {

    /** The bytes, from the first on. */
    InputStream open();

    static ImageSource of(Path file) {
        return new OfFile(file);
    }

    /** An entry of an archive, in memory. */
    static ImageSource of(Path archive, String entry, byte[] bytes) {
        return new OfEntry(archive, entry, bytes);
    }

    /** A file, opened anew for every reading. */
    record OfFile(Path file) implements ImageSource {
        @Override
        public InputStream open() {
            return ReadableFile.open(file, "an image");
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /** Bytes that are there already. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record OfEntry(Path archive, String entry, byte[] bytes) implements ImageSource {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public String toString() {
            return archive + ", " + entry;
        }
    }
}
