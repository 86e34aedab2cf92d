package dev.halfwave.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MnistTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "train-images-idx3-ubyte, 3, 6bbc9ace898e44ae57da46a324031adb",
        "train-labels-idx1-ubyte, 1, a25bea736e30d166cdddb491f175f624",
        "t10k-images-idx3-ubyte, 3, 2646ac647ad5339dbf082846283269ea",
        "t10k-labels-idx1-ubyte, 1, 27ae3e4e09519cfbb04c329615203637"
    })
    void theRealFilesUnpackToTheKnownContents(String stem, int rank, String md5) throws NoSuchAlgorithmException {
        Idx idx = Idx.read(SharedData.dataset("mnist").resolve(stem + ".gz"), rank);

        ByteBuffer header = ByteBuffer.allocate(IdxHeader.bytes(rank)).putInt(0x0800 | rank);
        for (int size : idx.shape().sizes()) {
            header.putInt(size);
        }
        MessageDigest digest = MessageDigest.getInstance("MD5");
        digest.update(header.array());
        assertThat(HexFormat.of().formatHex(digest.digest(idx.bytes()))).isEqualTo(md5);
    }

    @Test
    void theRealDigitsAreThere() {
        Splits mnist = Mnist.read(SharedData.dataset("mnist").getParent());

        assertThat(mnist.train().size()).isEqualTo(60_000);
        assertThat(mnist.test().size()).isEqualTo(10_000);
        assertThat(mnist.train().sampleShape()).isEqualTo(Shape.of(28, 28, 1));
        assertThat(mnist.train().classes()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(firstLabels(mnist.train())).containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
        assertThat(firstLabels(mnist.test())).containsExactly(7, 2, 1, 0, 4, 1, 4, 9, 5, 9);
        assertThat(meanAndLargest(mnist.test())).containsExactly(0.1325f, 1f);
    }

    private static int[] firstLabels(Dataset dataset) {
        return IntStream.range(0, 10).map(dataset::label).toArray();
    }

    /** The mean to four digits, and the largest value. */
    private static float[] meanAndLargest(Dataset dataset) {
        float[] sample = new float[784];
        double sum = 0;
        float largest = 0;
        for (int i = 0; i < dataset.size(); i++) {
            dataset.read(i, sample, 0);
            for (float value : sample) {
                sum += value;
                largest = Math.max(largest, value);
            }
        }
        return new float[] {Math.round(sum / dataset.size() / 784 * 1e4) / 1e4f, largest};
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".gz", "dotted"})
    void filesAreFoundUnderTheirSeveralNames(String kind) throws IOException {
        write(folder, kind);

        Splits tiny = Mnist.read(folder);
        assertThat(tiny.train().name()).isEqualTo("mnist train");
        assertThat(tiny.train().label(0)).isEqualTo(7);
        assertThat(tiny.test().name()).isEqualTo("mnist test");
        assertThat(tiny.test().size()).isEqualTo(2);
    }

    @Test
    void theFolderMnistComesFirst() throws IOException {
        write(Files.createDirectory(folder.resolve("mnist")), "");
        Files.write(folder.resolve("train-images-idx3-ubyte"), new byte[3]);

        assertThat(Mnist.read(folder).train().size()).isEqualTo(2);
    }

    private static void write(Path where, String kind) throws IOException {
        byte[] images = IdxTest.idx(8, new int[] {2, 2, 1}, 1, 2, 3, 4);
        byte[] labels = IdxTest.idx(8, new int[] {2}, 7, 9);
        for (String part : new String[] {"train", "t10k"}) {
            for (boolean ofImages : new boolean[] {true, false}) {
                String stem = part + (ofImages ? "-images-idx3-ubyte" : "-labels-idx1-ubyte");
                byte[] bytes = ofImages ? images : labels;
                Files.write(
                        where.resolve(kind.equals("dotted") ? stem.replace("-idx", ".idx") : stem + kind),
                        kind.equals(".gz") ? IdxTest.gzip(bytes) : bytes);
            }
        }
    }

    @Test
    void nothingThereIsSaidWithNamesAndPlaces() {
        assertThatThrownBy(() -> Mnist.read(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mnist: expected one of the files train-images-idx3-ubyte, train-images-idx3-ubyte.gz,"
                        + " train-images.idx3-ubyte, train-images.idx3-ubyte.gz in " + folder.resolve("mnist") + " or "
                        + folder
                        + ", received none of them; put the dataset's four files there, name their folder with --data-dir,"
                        + " or use the dataset strokes, which needs no files");
    }

    @Test
    void oneMissingFileIsNamed() throws IOException {
        write(folder, ".gz");
        Files.delete(folder.resolve("t10k-labels-idx1-ubyte.gz"));

        assertThatThrownBy(() -> Mnist.read(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one of the files t10k-labels-idx1-ubyte, t10k-labels-idx1-ubyte.gz,"
                        + " t10k-labels.idx1-ubyte, t10k-labels.idx1-ubyte.gz in " + folder
                        + ", received none of them;");
    }

    @Test
    void malformedFilesAreNamed() throws IOException {
        write(folder, "");
        Path labels = folder.resolve("t10k-labels-idx1-ubyte");
        Files.write(labels, IdxTest.idx(8, new int[] {2}, 7, 10));

        assertThatThrownBy(() -> Mnist.read(folder))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(labels + " (at byte 9): expected a label from 0 to 9, received 10;");
    }
}
