package dev.halfwave.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetsTest {

    @TempDir
    Path folder;

    private Path writePhotos(String name) throws IOException {
        Path photos = folder.resolve(name);
        for (int i = 0; i < 10; i++) {
            TestImages.write(photos.resolve("cat/" + i + ".png"), TestImages.plain(2, 2, 0xffffff));
            TestImages.write(photos.resolve("dog/" + i + ".png"), TestImages.plain(2, 2, 0));
        }
        return photos;
    }

    @Test
    void strokesNeedNoFiles() {
        Splits strokes = Datasets.open("strokes", folder);

        assertThat(strokes.train().name()).isEqualTo("strokes train");
        assertThat(strokes.train().size()).isEqualTo(60_000);
        assertThat(strokes.test().name()).isEqualTo("strokes test");
        assertThat(strokes.test().size()).isEqualTo(10_000);
    }

    @Test
    void mnistIsReadFromTheDataFolder() {
        assertThat(Datasets.open("mnist", SharedData.dataset("mnist")).test().size())
                .isEqualTo(10_000);
        assertThatThrownBy(() -> Datasets.open("mnist", folder))
                .hasMessageStartingWith("mnist: expected one of the files");
    }

    @Test
    void aFolderWithoutTestImagesIsSplit() throws IOException {
        Splits photos = Datasets.open(writePhotos("photos").toString(), Path.of("elsewhere"));

        assertThat(photos.train().size()).isEqualTo(16);
        assertThat(photos.test().size()).isEqualTo(4);
        assertThat(new int[] {photos.test().label(1), photos.test().label(2)}).containsExactly(0, 1);
    }

    @Test
    void aFolderIsAlsoLookedForInTheDataFolder() throws IOException {
        writePhotos("photos/train");
        TestImages.write(folder.resolve("photos/test/dog/1.png"), TestImages.plain(2, 2, 0));

        Splits photos = Datasets.open(
                "photos", folder, ImageOptions.asTheyAre().sized(4, 5).grey(), 0.5, 1);
        assertThat(photos.train().size()).isEqualTo(20);
        assertThat(photos.test().size()).isEqualTo(1);
        assertThat(photos.test().sampleShape()).isEqualTo(Shape.of(4, 5, 1));
    }

    @ParameterizedTest
    @CsvSource({"mnits, mnist", "MNIST, mnist", "stroke, strokes"})
    void unknownNamesGetTheNearestKnownOne(String name, String meant) {
        assertThatThrownBy(() -> Datasets.open(name, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown dataset \"" + name + "\": did you mean \"" + meant
                        + "\"? Known: mnist, fashion-mnist, kmnist, cifar10, cifar100, strokes, or the path"
                        + " of a folder, an archive or a table of images, which is neither here nor in " + folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pictures/of/birds", "a\0b"})
    void pathsOfNothingAreUnknownToo(String name) {
        assertThatThrownBy(() -> Datasets.open(name, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown dataset \"" + name
                        + "\": Known: mnist, fashion-mnist, kmnist, cifar10, cifar100, strokes, or the path of a folder, an archive or a table of images, which is"
                        + " neither here nor in " + folder);
    }

    @Test
    void namesAreListed() {
        assertThat(Datasets.names())
                .containsExactly("mnist", "fashion-mnist", "kmnist", "cifar10", "cifar100", "strokes");
    }
}
