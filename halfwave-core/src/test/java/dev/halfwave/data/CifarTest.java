package dev.halfwave.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.archive.Packed;
import dev.halfwave.format.ModelFormatException;
import dev.halfwave.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CifarTest {
    @TempDir
    Path folder;

    /** Records whose label and pixels follow from their number: red is it, green one more, blue the place in the row. */
    private static byte[] records(Cifar cifar, int first, int count) {
        byte[] bytes = new byte[count * (cifar.labelBytes() + 3072)];
        for (int i = 0; i < count; i++) {
            int at = i * (cifar.labelBytes() + 3072) + cifar.labelBytes();
            bytes[at - 1] = (byte) ((first + i) % cifar.classes().size());
            for (int p = 0; p < 1024; p++) {
                bytes[at + p] = (byte) (first + i);
                bytes[at + 1024 + p] = (byte) (first + i + 1);
                bytes[at + 2048 + p] = (byte) (p % 32);
            }
        }
        return bytes;
    }

    /** Two records in every file to train on, and three in the one to test with. */
    static Map<String, byte[]> files(Cifar cifar, String prefix) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < cifar.train().size(); i++) {
            files.put(prefix + cifar.train().get(i), records(cifar, 2 * i, 2));
        }
        files.put(prefix + cifar.test(), records(cifar, 90, 3));
        return files;
    }

    private static Path unpack(Path where, Map<String, byte[]> files) throws IOException {
        Files.createDirectories(where);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(where.resolve(file.getKey()), file.getValue());
        }
        return where;
    }

    private static void holds(Cifar cifar, Splits splits) {
        int train = 2 * cifar.train().size();
        assertThat(splits.train().size()).isEqualTo(train);
        assertThat(splits.test().size()).isEqualTo(3);
        assertThat(splits.train().name()).isEqualTo(cifar.name() + " train");
        assertThat(splits.train().sampleShape()).isEqualTo(Shape.of(32, 32, 3));
        assertThat(IntStream.range(0, train).map(splits.train()::label).toArray())
                .isEqualTo(IntStream.range(0, train).toArray());
        float[] image = new float[3072];
        splits.test().read(1, image, 0);
        assertThat(image).startsWith(91 / 255f, 92 / 255f, 0, 91 / 255f, 92 / 255f, 1 / 255f);
        assertThat(image).endsWith(91 / 255f, 92 / 255f, 31 / 255f);
        assertThat(splits.test().label(1)).isEqualTo(91 % cifar.classes().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cifar10", "cifar10/cifar-10-batches-bin", "cifar-10-batches-bin"})
    void filesAreFoundInTheDataFolder(String where) throws IOException {
        if (where.isEmpty()) { // the folder itself is the dataset's when it is named
            holds(Cifar.TEN, Datasets.open(unpack(folder, files(Cifar.TEN, "")).toString(), folder));
        } else {
            unpack(folder.resolve(where), files(Cifar.TEN, ""));
            holds(Cifar.TEN, Datasets.open("cifar10", folder));
        }
    }

    @Test
    void theArchiveIsReadAsItIs() throws IOException {
        Path packed =
                Packed.write(folder.resolve("cifar-100-binary.tar.gz"), files(Cifar.HUNDRED, "cifar-100-binary/"));

        holds(Cifar.HUNDRED, Datasets.open("cifar100", folder));
        holds(Cifar.HUNDRED, Datasets.open(packed.toString(), Path.of("elsewhere")));
    }

    @Test
    void classesAreNamed() {
        assertThat(Cifar.TEN.classes()).hasSize(10).startsWith("airplane").endsWith("truck");
        assertThat(Cifar.HUNDRED.classes())
                .hasSize(100)
                .isSorted()
                .doesNotHaveDuplicates()
                .startsWith("apple")
                .endsWith("worm");
    }

    @Test
    void nothingThereIsSaidWithNamesAndPlaces() {
        assertThatThrownBy(() -> Datasets.open("cifar10", folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cifar10: expected the folder cifar-10-batches-bin or the file cifar-10-binary.tar.gz in "
                        + folder.resolve("cifar10") + " or " + folder
                        + ", received neither; put one of them there, or name its folder with --data-dir");
    }

    @Test
    void malformedFilesAreNamed() throws IOException {
        Map<String, byte[]> files = files(Cifar.TEN, "");
        unpack(folder, files);
        Path third = folder.resolve("data_batch_3.bin");

        Files.write(third, new byte[3072]);
        assertThatThrownBy(() -> Cifar.TEN.read(folder))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(folder
                        + ", data_batch_3.bin: expected records of 3073 bytes, received 3072 bytes; get the binary"
                        + " version of cifar10 (not Python's or Matlab's) again");
        byte[] label = records(Cifar.TEN, 0, 2);
        label[3073] = 10;
        Files.write(third, label);
        assertThatThrownBy(() -> Cifar.TEN.read(folder))
                .hasMessage(
                        folder + ", data_batch_3.bin (at byte 3073): expected a label from 0 to 9, received 10; get the"
                                + " file again, it is damaged or incomplete");
        Files.delete(third);
        assertThatThrownBy(() -> Cifar.TEN.read(folder))
                .hasMessageStartingWith(folder + ": expected the files of cifar10 [data_batch_1.bin")
                .hasMessageEndingWith("received no data_batch_3.bin; unpack cifar-10-binary.tar.gz again");
    }
}
