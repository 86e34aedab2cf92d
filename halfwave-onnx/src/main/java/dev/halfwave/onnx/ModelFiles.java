package dev.halfwave.onnx;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.nn.Model;
import java.nio.file.Path;
import java.util.Locale;

/** Models in files of any format that Halfwave reads: ONNX, and safetensors as checkpoints are. */
public final class ModelFiles {
    private ModelFiles() {}

    /** Whether a file is an ONNX model by its name. */
    public static boolean isOnnx(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx");
    }

    /**
     * Reads a model that takes images and gives one number for each class.
     *
     * @throws ModelFormatException if the file is damaged, or holds no such model
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static Model load(Path file) {
        return isOnnx(file) ? Classifier.of(OnnxModel.load(file)).model() : Model.load(file);
    }
}
