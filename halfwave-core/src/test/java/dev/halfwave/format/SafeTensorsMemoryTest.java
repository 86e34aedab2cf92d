package dev.halfwave.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that need more memory than there is, read by a process with little of it. */
class SafeTensorsMemoryTest {
    @Test
    void refusesWhatDoesNotFitAndGoesOn(@TempDir Path directory) throws Exception {
        Path header = directory.resolve("header");
        sparse(header, RawFile.withLength(90_000_000, "{".getBytes(UTF_8)), 95_000_000);
        Path tensor = directory.resolve("tensor");
        String json = "{\"w\":{\"dtype\":\"U8\",\"shape\":[60000000],\"data_offsets\":[0,60000000]}}";
        sparse(tensor, RawFile.of(json), 8 + json.length() + 60_000_000);
        Path lies = directory.resolve("lies");
        sparse(lies, RawFile.withLength(90_000_000, "{".getBytes(UTF_8)), 100);
        Path small = directory.resolve("small");
        sparse(small, RawFile.single("U8", "[1]", (byte) 1), 0);
        try (Child child = Child.start(40, TightHeap.class, header, tensor, lies, small)) {
            String room = " \\(at byte 0\\): expected tensors that fit into the heap of [0-9]+ MB, received a file of ";
            assertThat(child.line()).matches("\\Q" + header + "\\E" + room + "90 MB; start Java with a larger -Xmx");
            assertThat(child.line()).matches("\\Q" + tensor + "\\E" + room + "57 MB; start Java with a larger -Xmx");
            assertThat(child.line())
                    .startsWith(lies + " (at byte 0): expected a header length of at most 92, received 90000000; ");
            assertThat(child.line()).isEqualTo("[w]");
            assertThat(child.exitCode()).isZero();
        }
    }

    /** A file that begins with the given bytes; the rest are zeros that need no room on the disk. */
    private static void sparse(Path file, byte[] start, long length) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.write(start);
            content.setLength(Math.max(start.length, length));
        }
    }
}
