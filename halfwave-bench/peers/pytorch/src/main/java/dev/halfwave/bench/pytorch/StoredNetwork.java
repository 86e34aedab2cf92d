package dev.halfwave.bench.pytorch;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import dev.halfwave.bench.peer.Subject;
import dev.halfwave.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;

/** Keras' MNIST network in DJL's own blocks, saved and loaded as a program on DJL does it. Its weights are DJL's. */
final class StoredNetwork {
    private static final String NETWORK = "keras-cnn";
    private static final String ENGINE = "PyTorch";
    private static final int CLASSES = 10;

    private StoredNetwork() {}

    static void save(Subject subject, Path file) throws IOException {
        if (!subject.network().name().equals(NETWORK)) {
            throw new UnsupportedOperationException(
                    "pytorch: expected " + NETWORK + " for a model file, received " + subject.network().name());
        }
        try (Model model = Model.newInstance(name(file), ENGINE)) {
            model.setBlock(blocks());
            model.getBlock().initialize(model.getNDManager(), DataType.FLOAT32, new Shape(1, 1, 28, 28));
            model.save(file.toAbsolutePath().getParent(), name(file));
        }
    }

    static void predict(Path file, Tensor images) throws IOException {
        try (Model model = Model.newInstance(name(file), ENGINE)) {
            model.setBlock(blocks());
            model.load(file.toAbsolutePath().getParent(), name(file));
            try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
                NDList batch = new NDList(PyTorchPeer.images(model.getNDManager(), images));
                predictor.predict(batch).singletonOrThrow().toFloatArray();
            }
        } catch (MalformedModelException | TranslateException e) {
            throw new IOException(e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static SequentialBlock blocks() {
        return new SequentialBlock()
                .add(convolution(32))
                .add(Activation::relu)
                .add(BatchNorm.builder().build())
                .add(convolution(64))
                .add(Activation::relu)
                .add(BatchNorm.builder().build())
                .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(Dropout.builder().optRate(0.25f).build())
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(128).build())
                .add(Activation::relu)
                .add(Dropout.builder().optRate(0.5f).build())
                .add(Linear.builder().setUnits(CLASSES).build());
    }

    private static Conv2d convolution(int filters) {
        return Conv2d.builder()
                .setKernelShape(new Shape(3, 3))
                .setFilters(filters)
                .build();
    }
}
