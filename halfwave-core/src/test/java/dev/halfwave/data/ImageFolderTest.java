package dev.halfwave.data;

import static dev.halfwave.data.TestImages.plain;
import static dev.halfwave.data.TestImages.stored;
import static dev.halfwave.data.TestImages.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFolderTest {
    private static final ImageOptions AS_THEY_ARE = ImageOptions.asTheyAre();

    @TempDir
    Path folder;

    private void writeCatsAndDogs() throws IOException {
        write(folder.resolve("dog/b.png"), plain(3, 2, 0x0000ff));
        write(folder.resolve("dog/a.gif"), plain(3, 2, 0x00ff00));
        write(folder.resolve("cat/deeper/c.BMP"), plain(3, 2, 0xffffff));
        write(folder.resolve("cat/z.png"), plain(3, 2, 0xff0000));
    }

    private static float[] read(Dataset dataset, int index) {
        float[] into = new float[dataset.sampleShape().elements() + 1];
        dataset.read(index, into, 1);
        return into;
    }

    @Test
    void classesAndFilesAreSortedByName() throws IOException {
        writeCatsAndDogs();
        Files.writeString(folder.resolve("cat/notes.txt"), "not an image");
        Files.writeString(folder.resolve("cat/.DS_Store"), "hidden");
        Files.writeString(folder.resolve("cat/._z.png"), "hidden, although it ends like an image");
        Files.writeString(folder.resolve("labels.csv"), "beside the folders");
        Files.createDirectories(folder.resolve(".cache"));

        ImageFolder animals = ImageFolder.read(folder, AS_THEY_ARE);
        assertThat(animals.name()).isEqualTo(folder.toString());
        assertThat(animals.classes()).containsExactly("cat", "dog");
        assertThat(animals.sampleShape()).isEqualTo(Shape.of(2, 3, 3));
        assertThat(IntStream.range(0, animals.size()).mapToObj(animals::file))
                .containsExactly(
                        folder.resolve("cat/deeper/c.BMP"),
                        folder.resolve("cat/z.png"),
                        folder.resolve("dog/a.gif"),
                        folder.resolve("dog/b.png"));
        assertThat(IntStream.range(0, 4).map(animals::label)).containsExactly(0, 0, 1, 1);
        assertThat(read(animals, 1)).startsWith(0, 1, 0, 0, 1, 0, 0).hasSize(19);
        assertThat(read(animals, 2)).startsWith(0, 0, 1, 0, 0, 1, 0);
        assertThat(read(animals, 2)).as("read again").isEqualTo(read(animals, 2));
    }

    @Test
    void greyIsTakenFromTheFirstImage() throws IOException {
        write(folder.resolve("a/1.png"), stored(BufferedImage.TYPE_BYTE_GRAY, 1, 1, 51));
        write(folder.resolve("b/1.png"), plain(1, 1, 0xffffff));

        ImageFolder images = ImageFolder.read(folder, AS_THEY_ARE);
        assertThat(images.sampleShape()).isEqualTo(Shape.of(1, 1, 1));
        assertThat(read(images, 0)).containsExactly(0, 0.2f);
        assertThat(read(images, 1)).containsExactly(0, 1);
        assertThat(ImageFolder.read(folder, AS_THEY_ARE.colour()).sampleShape()).isEqualTo(Shape.of(1, 1, 3));
    }

    @Test
    void imagesAreBroughtIntoTheFormAskedFor() throws IOException {
        write(folder.resolve("a/1.png"), plain(1, 1, 0xff0000));
        write(folder.resolve("b/1.png"), plain(5, 9, 0xffffff));

        ImageFolder images = ImageFolder.read(folder, AS_THEY_ARE.sized(2, 3).grey());
        assertThat(images.sampleShape()).isEqualTo(Shape.of(2, 3, 1));
        assertThat(read(images, 0))
                .containsExactly(0, 76 / 255f, 76 / 255f, 76 / 255f, 76 / 255f, 76 / 255f, 76 / 255f);
        assertThat(read(images, 1)).containsExactly(0, 1, 1, 1, 1, 1, 1);
    }

    @Test
    void differingSizesNeedASizeToBeAskedFor() throws IOException {
        writeCatsAndDogs();
        Path large = write(folder.resolve("dog/large.png"), plain(4, 2, 0));

        assertThatThrownBy(() -> ImageFolder.read(folder, AS_THEY_ARE))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(large
                        + ": expected an image of height 2 and width 3 as the first one, received height 2 and width 4;"
                        + " ask for a height and width to which all images are resized");
    }

    @Test
    void aFileThatChangesItsSizeLaterIsRefused() throws IOException {
        writeCatsAndDogs();
        ImageFolder animals = ImageFolder.read(folder, AS_THEY_ARE);
        Path changed = write(folder.resolve("dog/b.png"), plain(3, 3, 0));

        assertThatThrownBy(() -> read(animals, 3))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(changed + ": expected an image of height 2 and width 3");
    }

    @Test
    void aDamagedImageIsNamedWhenItIsRead() throws IOException {
        writeCatsAndDogs();
        Path damaged = Files.writeString(folder.resolve("dog/b.png"), "no image");
        ImageFolder animals = ImageFolder.read(folder, AS_THEY_ARE.sized(2, 2));

        assertThat(read(animals, 2)).hasSize(13);
        assertThatThrownBy(() -> read(animals, 3))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(damaged
                        + ": expected an image in a format of the JDK, such as PNG, JPEG, GIF or BMP, received a file"
                        + " that begins with the bytes 6e 6f 20 69 6d 61 67 65; convert the file to PNG");
    }

    @Test
    void trainAndTestHaveTheSameClassesAndShape() throws IOException {
        write(folder.resolve("train/cat/1.png"), plain(2, 2, 0));
        write(folder.resolve("train/dog/1.png"), plain(2, 2, 0));
        write(folder.resolve("test/dog/1.png"), stored(BufferedImage.TYPE_BYTE_GRAY, 2, 2, 51, 51, 51, 51));

        assertThat(ImageFolder.isSplit(folder)).isTrue();
        assertThat(ImageFolder.isSplit(folder.resolve("train"))).isFalse();
        Splits animals = ImageFolder.splits(folder, AS_THEY_ARE);
        assertThat(animals.train().name()).isEqualTo(folder.resolve("train").toString());
        assertThat(animals.train().size()).isEqualTo(2);
        assertThat(animals.test().size()).isEqualTo(1);
        assertThat(animals.test().label(0)).isEqualTo(1);
        assertThat(animals.test().sampleShape()).isEqualTo(Shape.of(2, 2, 3));

        Path larger = write(folder.resolve("test/cat/1.png"), plain(3, 3, 0));
        assertThatThrownBy(() -> ImageFolder.splits(folder, AS_THEY_ARE))
                .hasMessageStartingWith(larger + ": expected an image of");
        assertThat(ImageFolder.splits(folder, AS_THEY_ARE.sized(5, 6)).test().sampleShape())
                .isEqualTo(Shape.of(5, 6, 3));
    }

    @Test
    void valStandsInForTest() throws IOException {
        write(folder.resolve("train/cat/1.png"), plain(2, 2, 0));
        write(folder.resolve("train/dog/1.png"), plain(2, 2, 0));
        assertThatThrownBy(() -> ImageFolder.splits(folder, AS_THEY_ARE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        folder + ": expected the folders train and test (or val), received no test; add it, or name "
                                + folder.resolve("train") + " to hold back part of its images");

        write(folder.resolve("val/dog/1.png"), plain(2, 2, 0));
        assertThat(ImageFolder.splits(folder, AS_THEY_ARE).test().name())
                .isEqualTo(folder.resolve("val").toString());
    }

    @Test
    void testImagesOfOtherClassesAreRefused() throws IOException {
        write(folder.resolve("train/cat/1.png"), plain(2, 2, 0));
        write(folder.resolve("train/dog/1.png"), plain(2, 2, 0));
        write(folder.resolve("test/cow/1.png"), plain(2, 2, 0));
        assertThatThrownBy(() -> ImageFolder.splits(folder, AS_THEY_ARE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder.resolve("test/cow")
                        + ": expected one of the classes trained on, [cat, dog], received cow;"
                        + " remove the folder or add the class to the training images");

        Files.delete(folder.resolve("test/cow/1.png"));
        Files.delete(folder.resolve("test/cow"));
        assertThatThrownBy(() -> ImageFolder.splits(folder, AS_THEY_ARE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder.resolve("test")
                        + ": expected sub-folders named after the classes [cat, dog], received an empty"
                        + " folder; put the test images into such folders");
    }

    @Test
    void foldersThatAreNoneAreRefused() throws IOException {
        assertThatThrownBy(() -> ImageFolder.read(folder.resolve("none"), AS_THEY_ARE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder.resolve("none")
                        + ": expected a folder of images, received nothing there; check the path");
        Path file = write(folder.resolve("one.png"), plain(1, 1, 0));
        assertThatThrownBy(() -> ImageFolder.read(file, AS_THEY_ARE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + ": expected a folder of images, received a file; check the path");
    }

    @Test
    void foldersWithoutClassesAreRefused() throws IOException {
        String message = folder + ": expected one sub-folder of images per class, received ";
        String advice = "; put each image into a sub-folder named after its class";
        assertThatThrownBy(() -> ImageFolder.read(folder, AS_THEY_ARE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message + "an empty folder" + advice);
        for (int i = 0; i < 5; i++) {
            write(folder.resolve(i + ".png"), plain(1, 1, 0));
        }
        assertThatThrownBy(() -> ImageFolder.read(folder, AS_THEY_ARE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message + "a folder with 0.png, 1.png, 2.png, …" + advice);
    }

    @Test
    void oneClassIsNoneToTellApart() throws IOException {
        write(folder.resolve("cat/1.png"), plain(1, 1, 0));
        assertThatThrownBy(() -> ImageFolder.read(folder, AS_THEY_ARE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder
                        + ": expected at least two classes to tell apart, received only the sub-folder cat; name the"
                        + " folder whose sub-folders are the classes");
    }

    @Test
    void aClassWithoutImagesIsNamed() throws IOException {
        writeCatsAndDogs();
        Path cow = Files.createDirectories(folder.resolve("cow"));
        String message = cow + ": expected at least one PNG, JPEG, GIF or BMP image, received ";
        assertThatThrownBy(() -> ImageFolder.read(folder, AS_THEY_ARE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message + "an empty folder; add images of the class, or remove the folder");
        Files.writeString(cow.resolve("moo.webp"), "");
        assertThatThrownBy(() -> ImageFolder.read(folder, AS_THEY_ARE))
                .hasMessage(message + "a folder with moo.webp; add images of the class, or remove the folder");
    }

    @ParameterizedTest
    @CsvSource({"-1, 5", "5, -1", "5, 0", "0, 5"})
    void optionsHaveBothSizesOrNeither(int height, int width) {
        assertThatThrownBy(() -> AS_THEY_ARE.sized(height, width))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("images: expected a height and width of 1 or more, or 0 for both, received " + height + "×"
                        + width);
    }

    @Test
    void optionsHaveGreyOrColour() {
        assertThatThrownBy(() -> new ImageOptions(0, 0, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("images: expected 1 channel (grey), 3 (colour) or 0 (as in the first image), received 2");
    }
}
