package dev.halfwave.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.archive.Packed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivedImagesTest {
    @TempDir
    Path folder;

    private static byte[] png(int rgb) throws IOException {
        return TestImages.encode(TestImages.plain(3, 2, rgb), "png");
    }

    /** Ten images of each of two classes, every one of another colour. */
    private static Map<String, byte[]> pets(String prefix) throws IOException {
        Map<String, byte[]> pets = new TreeMap<>();
        for (int i = 0; i < 10; i++) {
            pets.put(prefix + "cat/" + i + ".png", png(0x100000 + i));
            pets.put(prefix + "dog/deeper/" + i + ".png", png(0x200000 + i));
        }
        return pets;
    }

    private void unpack(Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve("unpacked").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    private static void same(Dataset packed, Dataset unpacked) {
        assertThat(packed.size()).isEqualTo(unpacked.size());
        assertThat(packed.classes()).isEqualTo(unpacked.classes());
        assertThat(packed.sampleShape()).isEqualTo(unpacked.sampleShape());
        float[] one = new float[unpacked.sampleShape().elements()];
        float[] other = new float[one.length];
        for (int i = 0; i < unpacked.size(); i++) {
            packed.read(i, one, 0);
            unpacked.read(i, other, 0);
            assertThat(one).as("image %d", i).containsExactly(other);
            assertThat(packed.label(i)).isEqualTo(unpacked.label(i));
        }
    }

    @ParameterizedTest
    @CsvSource({"a.zip, ''", "a.tar, ''", "a.tar.gz, pets/", "a.zip, a/b/c/"})
    void anArchiveIsReadAsTheFolderItUnpacksTo(String name, String around) throws IOException {
        Map<String, byte[]> pets = pets("");
        unpack(pets);
        Map<String, byte[]> packed = new TreeMap<>();
        pets.forEach((file, content) -> packed.put(around + file, content));
        packed.put("__MACOSX/" + around + "cat/._1.png", new byte[3]);
        packed.put(around + ".hidden/1.png", new byte[3]);
        packed.put(around + "README.md", new byte[3]);
        packed.put(around + "overview.png", new byte[3]);
        Path file = Packed.write(folder.resolve(name), packed);

        Splits one = Datasets.open(file.toString(), folder);
        Splits other = Datasets.open(folder.resolve("unpacked").toString(), folder);
        same(one.train(), other.train());
        same(one.test(), other.test());
        assertThat(one.train().name()).startsWith(file.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "val"})
    void trainAndTestAreKept(String test) throws IOException {
        Map<String, byte[]> pets = pets("photos/train/");
        pets.put("photos/" + test + "/dog/1.png", png(0xffffff));
        Path file = Packed.write(folder.resolve("a.tgz"), pets);

        Splits splits = Datasets.open(
                file.toString(), folder, ImageOptions.asTheyAre().sized(4, 4).grey(), 0.5, 0);
        assertThat(splits.train().size()).isEqualTo(20);
        assertThat(splits.test().size()).isEqualTo(1);
        assertThat(splits.test().label(0)).isEqualTo(1);
        assertThat(splits.train().name()).isEqualTo(file + ", photos/train");
        assertThat(splits.test().name()).isEqualTo(file + ", photos/" + test);
        assertThat(splits.test().sampleShape().sizes()).containsExactly(4, 4, 1);
    }

    @Test
    void testImagesOfOtherClassesAreRefused() throws IOException {
        Map<String, byte[]> pets = pets("train/");
        pets.put("test/cow/1.png", png(0));
        Path file = Packed.write(folder.resolve("a.zip"), pets);
        assertThatThrownBy(() -> Datasets.open(file.toString(), folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + ", test/cow/1.png: expected one of the classes trained on, [cat, dog], received cow;"
                        + " remove the folder or add the class to the training images");
    }

    @Test
    void theSharedPhotographsAreThere() {
        Path file = SharedData.dataset("cifar10").resolve("cifar10-jpeg.tar.gz");
        Splits photographs = Datasets.open(file.toString(), folder);

        assertThat(photographs.train().size()).isEqualTo(50_000);
        assertThat(photographs.test().size()).isEqualTo(10_000);
        assertThat(photographs.train().classes()).isEqualTo(Cifar.TEN.classes());
        assertThat(photographs.train().sampleShape().sizes()).containsExactly(32, 32, 3);
    }
}
