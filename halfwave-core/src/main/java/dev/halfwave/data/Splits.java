package dev.halfwave.data;

/**
 * What to train on and what to judge by: two datasets without a sample in common.
 *
 * @param train the samples to train on
 * @param test the samples held back, of the same shape and classes
 */
public record Splits(Dataset train, Dataset test) {

    /** @throws IllegalArgumentException if the parts differ in sample shape or classes */
    public Splits {
        if (!train.sampleShape().equals(test.sampleShape())) {
            throw new IllegalArgumentException(test.name() + ": expected samples of shape " + train.sampleShape()
                    + " as in " + train.name() + ", received " + test.sampleShape() + "; resize one of them");
        }
        if (!train.classes().equals(test.classes())) {
            throw new IllegalArgumentException(test.name() + ": expected the classes of " + train.name() + " "
                    + train.classes() + ", received " + test.classes());
        }
    }
}
