package dev.halfwave.train;

import dev.halfwave.data.augment.Augmenter;
import dev.halfwave.data.augment.Chain;
import dev.halfwave.nn.Predictor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;

/**
 * Asks a model several times about the same images, as they are and changed at random, and takes the mean of the
 * probabilities.
 *
 * <pre>{@code
 * TestTimeAugmentation several = new TestTimeAugmentation(Chain.of(new Shift(1)), 8, 0);
 * Tensor probabilities = several.probabilities(model.predictor(WorkerPool.shared()), images, 0);
 * }</pre>
 *
 * @param chain how the images are changed; nothing that mixes them
 * @param copies how many changed images there are for each, 1 or more
 * @param seed decides what is drawn, together with the copy's and the image's number
 */
public record TestTimeAugmentation(Chain chain, int copies, long seed) {

    /** @throws IllegalArgumentException if the number is out of range, or the chain mixes images */
    public TestTimeAugmentation {
        if (copies < 1) {
            throw new IllegalArgumentException(
                    "test-time augmentation: expected 1 or more copies, received " + copies + "; 8 is usual");
        }
        chain.mixing().ifPresent(mixing -> {
            throw new IllegalArgumentException("test-time augmentation: expected changes of single images, received "
                    + mixing.name() + ", which mixes two; leave it out");
        });
    }

    /**
     * The mean probability of each class: images {@code [N, H, W, C]} to {@code [N, classes]}.
     *
     * @param first the number of the first image, when the images are part of many; the others count on from it
     * @throws IllegalArgumentException if the images are not of the network's shape
     */
    public Tensor probabilities(Predictor predictor, Tensor images, int first) {
        Tensor plain = predictor.probabilities(images);
        double[] sums = new double[plain.shape().elements()];
        add(plain, sums);
        for (int copy = 1; copy <= copies; copy++) {
            add(predictor.probabilities(changed(images, first, copy)), sums);
        }
        Tensor mean = Tensor.zeros(plain.shape());
        for (int i = 0; i < sums.length; i++) {
            mean.data()[i] = (float) (sums[i] / (copies + 1));
        }
        return mean;
    }

    private Tensor changed(Tensor images, int first, int copy) {
        Shape sample = images.shape().dropFirst();
        Augmenter augmenter = new Augmenter(chain, sample, seed, copy);
        Tensor changed = images.copy();
        for (int i = 0; i < images.shape().size(0); i++) {
            augmenter.transform(changed.data(), i * sample.elements(), first + i);
        }
        return changed;
    }

    private static void add(Tensor probabilities, double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += probabilities.data()[i];
        }
    }
}
