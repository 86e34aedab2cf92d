package dev.halfwave.bench.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    @Test
    void comeBackFromTheFile(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("results");
        Results.write(List.of(new float[] {1, -2.5f}, new float[] {3}), file);
        assertThat(Results.read(file)).containsExactly(1, -2.5f, 3);
    }

    @Test
    void areComparedWithTheLargest() {
        assertThat(Results.error(new float[] {1, -10}, new float[] {1.5f, -10})).isEqualTo(0.05, Offset.offset(1e-9));
        assertThat(Results.error(new float[] {1, 2}, new float[] {1, 2})).isZero();
    }

    @Test
    void thatAreNoNumbersAreWrong() {
        assertThat(Results.error(new float[] {1, 2}, new float[] {Float.NaN, 2}))
                .isInfinite();
        assertThat(Results.error(new float[] {0}, new float[] {0})).isInfinite();
        assertThatThrownBy(() -> Results.error(new float[2], new float[3]))
                .hasMessage("results: expected 2 numbers, received 3");
    }

    @Test
    void medianIsTheMiddle() {
        assertThat(Median.of(3, 1, 2)).isEqualTo(2);
        assertThat(Median.of(4, 1, 2, 3)).isEqualTo(2.5);
        assertThatThrownBy(Median::of).hasMessage("median: expected a number or more, received none");
    }

    @Test
    void everyWorkHasAKeyOfItsOwnAndIsFoundByIt() {
        List<Work> all = Works.all();
        assertThat(all).extracting(Work::key).doesNotHaveDuplicates().contains("train-keras-cnn@64");
        assertThat(Works.of("train-keras-cnn@128").batch()).isEqualTo(128);
        assertThat(all).anyMatch(Work::quick).allMatch(work -> !work.peers().isEmpty());
        assertThatThrownBy(() -> Works.of("train-keras-cnn@65")).hasMessageContaining("\"train-keras-cnn@64\"");
    }
}
