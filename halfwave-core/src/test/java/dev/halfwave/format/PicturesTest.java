package dev.halfwave.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
    @TempDir
    private Path directory;

    @Test
    void writesEveryPixel() throws IOException {
        int[] argb = new Random(1).ints(7 * 5).toArray();
        Path file = directory.resolve("noise.png");
        Pictures.writePng(file, 7, 5, argb);
        BufferedImage read = ImageIO.read(file.toFile());
        assertThat(read.getWidth()).isEqualTo(7);
        assertThat(read.getHeight()).isEqualTo(5);
        assertThat(read.getRGB(0, 0, 7, 5, null, 0, 7)).isEqualTo(argb);
    }

    @Test
    void writesTheSameBytesAgain() throws IOException {
        int[] argb = new Random(2).ints(64 * 64).toArray();
        Pictures.writePng(directory.resolve("a"), 64, 64, argb);
        Pictures.writePng(directory.resolve("b"), 64, 64, argb);
        assertThat(Files.readAllBytes(directory.resolve("a"))).isEqualTo(Files.readAllBytes(directory.resolve("b")));
        assertThat(directory).isDirectoryNotContaining(path -> path.toString().endsWith(".tmp"));
    }

    @Test
    void writesTensorsOfOneThreeAndFourChannels() throws IOException {
        assertThat(pixels(Tensor.of(Shape.of(1, 6, 1), 0f, 1f, 0.5f, -3f, 7f, Float.NaN)))
                .containsExactly(0xff000000, 0xffffffff, 0xff808080, 0xff000000, 0xffffffff, 0xff000000);
        assertThat(pixels(Tensor.of(Shape.of(2, 1, 3), 1f, 0f, 0f, 0f, 0.2f, 1f)))
                .containsExactly(0xffff0000, 0xff0033ff);
        assertThat(pixels(Tensor.of(Shape.of(1, 1, 4), 1f, 0.2f, 0f, 0.4f))).containsExactly(0x66ff3300);
    }

    @Test
    void refusesWhatIsNoImage() {
        for (Shape shape : new Shape[] {Shape.of(2, 2), Shape.of(2, 2, 2), Shape.of(1, 2, 2, 1), Shape.of(0, 2, 1)}) {
            assertThatThrownBy(() -> Pictures.writePng(directory.resolve("p"), Tensor.zeros(shape)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("picture: expected [height, width, channels] with 1, 3 or 4 channels and at least one"
                            + " pixel, received " + shape + "; reshape or slice the tensor");
        }
        assertThatThrownBy(() -> Pictures.writePng(directory.resolve("p"), 3, 2, new int[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("picture: expected width · height pixels and at least one, received 3 · 2 and 5 pixels;"
                        + " pass the raster's own size");
        assertThatThrownBy(() -> Pictures.writePng(directory.resolve("p"), 65536, 65536, new int[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(directory).isEmptyDirectory();
    }

    private int[] pixels(Tensor image) throws IOException {
        Path file = directory.resolve("tensor.png");
        Pictures.writePng(file, image);
        BufferedImage read = ImageIO.read(file.toFile());
        int width = image.shape().size(1);
        int height = image.shape().size(0);
        assertThat(read.getWidth()).isEqualTo(width);
        assertThat(read.getHeight()).isEqualTo(height);
        return read.getRGB(0, 0, width, height, null, 0, width);
    }
}
