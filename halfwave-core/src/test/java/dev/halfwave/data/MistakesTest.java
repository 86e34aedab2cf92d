package dev.halfwave.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.archive.Packed;
import dev.halfwave.format.ModelFormatException;
import dev.halfwave.format.SafeTensors;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user would give as data by mistake, and what is said about it. */
class MistakesTest {
    private static final String WANTED =
            ": expected a folder or an archive with one folder of images per class, or a CSV table, received ";

    @TempDir
    Path folder;

    private AbstractThrowableAssert<?, ? extends Throwable> opening(Path data) {
        return assertThatThrownBy(() -> Datasets.open(data.toString(), Path.of("elsewhere")));
    }

    private static byte[] png(int width, int height) throws IOException {
        return TestImages.encode(TestImages.plain(width, height, 0x804020), "png");
    }

    /** A PNG whose header promises another size than its few bytes can hold. */
    static byte[] pngThatSays(int width, int height) throws IOException {
        byte[] bytes = png(1, 1);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(header);
        out.writeBytes("IHDR");
        out.writeInt(width);
        out.writeInt(height);
        out.write(bytes, 24, 5);
        CRC32 sum = new CRC32();
        sum.update(header.toByteArray());
        out.writeInt((int) sum.getValue());
        System.arraycopy(header.toByteArray(), 0, bytes, 12, header.size());
        return bytes;
    }

    @Test
    void aFolderOfTextFiles() throws IOException {
        Path notes = Files.createDirectories(folder.resolve("texts/notes"));
        Files.createDirectories(folder.resolve("texts/poems"));
        Files.writeString(notes.resolve("monday.txt"), "rain");

        opening(folder.resolve("texts"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(notes + ": expected at least one PNG, JPEG, GIF or BMP image, received a folder with"
                        + " monday.txt; add images of the class, or remove the folder");
        opening(notes)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        notes + ": expected one sub-folder of images per class, received a folder with monday.txt; put"
                                + " each image into a sub-folder named after its class");
        Path packed = Packed.write(folder.resolve("texts.zip"), Map.of("notes/monday.txt", new byte[3]));
        opening(packed)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(packed + ": expected an archive with one folder of images per class, received one with"
                        + " notes/monday.txt; put each image into a folder named after its class");
    }

    @Test
    void mixedImageSizes() throws IOException {
        Path packed = Packed.write(folder.resolve("mixed.tar"), Map.of("cat/1.png", png(3, 2), "dog/1.png", png(5, 2)));
        opening(packed)
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(packed + ", dog/1.png: expected an image of height 2 and width 3 as the first one, received"
                        + " height 2 and width 5; ask for a height and width to which all images are resized");
    }

    @Test
    void anImageTooLargeToBeTrue() throws IOException {
        Files.createDirectories(folder.resolve("photos/cat"));
        Files.createDirectories(folder.resolve("photos/dog"));
        Files.write(folder.resolve("photos/cat/1.png"), png(1, 1));
        Path huge = Files.write(folder.resolve("photos/dog/1.png"), pngThatSays(65535, 65535));
        String message = ": expected an image of at most 67108864 pixels, received 65535×65535; scale it down";

        opening(folder.resolve("photos"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(huge + message);
        Dataset resized = ImageFolder.read(
                folder.resolve("photos"), ImageOptions.asTheyAre().sized(2, 2));
        assertThatThrownBy(() -> resized.read(1, new float[12], 0))
                .as("found before anything is decoded, also when all are resized")
                .hasMessage(huge + message);
        Path packed = Packed.write(
                folder.resolve("photos.zip"), Map.of("cat/1.png", png(1, 1), "dog/1.png", pngThatSays(65535, 65535)));
        opening(packed).hasMessage(packed + ", dog/1.png" + message);
    }

    @Test
    void oneClassOnly() throws IOException {
        Path packed = Packed.write(folder.resolve("cats.zip"), Map.of("cat/1.png", png(1, 1), "cat/2.png", png(1, 1)));
        opening(packed)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        packed + ": expected at least two classes to tell apart, received only the folder cat; pack the"
                                + " folders of all classes");
    }

    @Test
    void aTableWithAMissingColumn() throws IOException {
        Path table = Files.writeString(folder.resolve("digits.csv"), "label,a,b,c,d\n1,0,0,0,0\n2,0,0,0\n");
        opening(table)
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(
                        table + " (line 3): expected 5 columns as in the first line, received 4; check that no value is"
                                + " missing and that the line is complete");
    }

    @Test
    void aZipThatEscapesItsFolder() throws IOException {
        Path packed = Packed.write(
                folder.resolve("evil.zip"), Map.of("cat/1.png", png(1, 1), "../../home/user/.profile", new byte[3]));
        opening(packed)
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(packed + ": expected names that stay inside the archive's folder, received"
                        + " \"../../home/user/.profile\"; do not unpack this archive, get one from a source you trust");
    }

    @Test
    void aCheckpoint() throws IOException {
        Path checkpoint = folder.resolve("checkpoint.safetensors");
        new SafeTensors(Map.of(), Map.of()).write(checkpoint);
        opening(checkpoint)
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(checkpoint + WANTED
                        + "a model or checkpoint; give it to --model or --resume, and images to --data");
        Path renamed = Files.copy(checkpoint, folder.resolve("data.bin"));
        opening(renamed).hasMessageContaining("received a model or checkpoint");
    }

    @ParameterizedTest
    @CsvSource({
        "data.xz, \u00fd7zXZ, a file packed by xz; unpack it and give the folder",
        "data.7z, 7z\u00bc\u00af, a 7z archive; unpack it and give the folder",
        "data.rar, Rar!, a RAR archive; unpack it and give the folder",
        "cat.jpg, \u00ff\u00d8\u00ff, one JPEG image; name the folder whose sub-folders are the classes",
        "cat.png, \u0089PNG, one PNG image; name the folder whose sub-folders are the classes",
        "data.zip, hello, an archive that is damaged or of another kind; get it again or pack it anew",
        "notes.txt, hello, a file of another kind; check the path",
        "empty, '', an empty file; check the path",
    })
    void otherFiles(String name, String beginning, String received) throws IOException {
        Path file = Files.write(folder.resolve(name), beginning.getBytes(StandardCharsets.ISO_8859_1));
        opening(file).isInstanceOf(ModelFormatException.class).hasMessageStartingWith(file + WANTED + received);
    }

    @Test
    void oneFileOfMnist() throws IOException {
        Path labels = Files.write(folder.resolve("train-labels-idx1-ubyte"), IdxTest.idx(8, new int[] {2}, 7, 9));
        opening(labels)
                .hasMessage(labels + WANTED + "one IDX file of several; name the folder that has all four of them");
    }
}
