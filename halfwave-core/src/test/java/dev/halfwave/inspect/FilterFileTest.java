package dev.halfwave.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterFileTest {
    @TempDir
    private Path directory;

    @Test
    void readsRowsOfNumbers() throws IOException {
        Path file = write("# brighter below\n-1, -1,0.5 # the upper row\n\n\t1e-1 +1  .5\r\n");

        assertThat(FilterFile.read(file))
                .isEqualTo(new Filter("filter.txt", Tensor.of(Shape.of(2, 3), -1, -1, 0.5f, 0.1f, 1, 0.5f)));
    }

    @Test
    void refusesRowsOfDifferentLengths() throws IOException {
        refuses("1 2\n# remark\n3\n", " (line 3): expected 2 numbers as in the first row, received 1");
    }

    @Test
    void refusesWhatIsNoNumber() throws IOException {
        refuses("1 two\n", " (line 1): expected a number, received \"two\"");
        refuses("1 NaN\n", " (line 1): expected a number, received \"NaN\"");
        refuses("1e99\n", " (line 1): expected a number, received \"1e99\"");
        refuses("\u0089PNG-and-more-than-twenty\n", " (line 1): expected a number, received \"??PNG-and-more-than-…\"");
    }

    @Test
    void refusesAFileWithoutNumbers() throws IOException {
        refuses("# nothing\n", " (line 1): expected a filter's first row, received a file without any");
    }

    @Test
    void refusesWhatIsTooLargeOrNotThere() throws IOException {
        Path large = Files.write(directory.resolve("large"), new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> FilterFile.read(large))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(large + ": expected a small text file with a filter's numbers, received 1048577 bytes;"
                        + " check the path");
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> FilterFile.read(missing))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith(missing + ": expected a readable text file, received an error");
    }

    private void refuses(String content, String message) throws IOException {
        Path file = write(content);
        assertThatThrownBy(() -> FilterFile.read(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(file + message
                        + "; write a filter as one line per row, numbers between spaces, remarks behind #");
    }

    private Path write(String content) throws IOException {
        return Files.writeString(directory.resolve("filter.txt"), content);
    }
}
