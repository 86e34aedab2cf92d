package dev.halfwave.cli;

import dev.halfwave.format.Pictures;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Images on disk. */
final class ImageFiles {
    private ImageFiles() {}

    /** One folder per class with squares; those of class k are bright in their k-th part from the left. */
    static void classes(Path folder, int perClass, int side, String... classes) throws IOException {
        for (int k = 0; k < classes.length; k++) {
            Files.createDirectories(folder.resolve(classes[k]));
            for (int i = 0; i < perClass; i++) {
                Tensor image = Tensor.zeros(Shape.of(side, side, 3));
                for (int j = 0; j < image.data().length; j++) {
                    int x = j / 3 % side;
                    image.data()[j] = x * classes.length / side == k ? 1 - 0.03f * i : 0.1f;
                }
                Pictures.writePng(folder.resolve(classes[k]).resolve(i + ".png"), image);
            }
        }
    }

    /** A grey ramp from black on the left to white on the right. */
    static Path write(Path file, int height, int width) {
        Tensor image = Tensor.zeros(Shape.of(height, width, 1));
        for (int i = 0; i < image.data().length; i++) {
            image.data()[i] = (float) (i % width) / (width - 1);
        }
        Pictures.writePng(file, image);
        return file;
    }
}
