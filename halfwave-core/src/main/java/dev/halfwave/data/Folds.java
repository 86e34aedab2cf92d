package dev.halfwave.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A dataset in k parts of equal size, each of which is once what to judge by while the others are what to train on.
 *
 * <p>Every class is dealt out to the folds in turn, so that folds differ by one sample at most, both in all and of every
 * class.
 *
 * <pre>{@code
 * List<Splits> folds = Folds.of(digits.train(), 5, 42);
 * Dataset toTrainOn = folds.get(0).train();
 * Dataset toJudgeBy = folds.get(0).test();
 * }</pre>
 */
public final class Folds {
    private Folds() {}

    /**
     * The folds of a dataset.
     *
     * @param count k, from 2 to the number of samples
     * @param seed decides which samples of a class go to which fold; the same seed gives the same folds
     * @return as many splits; every sample is in exactly one {@link Splits#test()}
     * @throws IllegalArgumentException if the count is out of range
     */
    public static List<Splits> of(Dataset dataset, int count, long seed) {
        if (count < 2 || count > dataset.size()) {
            throw new IllegalArgumentException(
                    dataset.name() + ": expected a number of folds from 2 to the number of samples, " + dataset.size()
                            + ", received " + count);
        }
        int[] foldOf = dealt(dataset, count, seed);
        return IntStream.range(0, count)
                .mapToObj(fold -> new Splits(
                        dataset.subset(chosen(foldOf, fold, false)), dataset.subset(chosen(foldOf, fold, true))))
                .toList();
    }

    /** The fold of each sample. */
    private static int[] dealt(Dataset dataset, int count, long seed) {
        int[] shuffled = new SplitMix(seed, count).permutation(dataset.size());
        int[] byClass = Arrays.stream(shuffled)
                .boxed()
                .sorted(Comparator.comparingInt(dataset::label)) // stable: still shuffled within a class
                .mapToInt(Integer::intValue)
                .toArray();
        int[] foldOf = new int[byClass.length];
        for (int i = 0; i < byClass.length; i++) {
            foldOf[byClass[i]] = i % count;
        }
        return foldOf;
    }

    private static int[] chosen(int[] foldOf, int fold, boolean inside) {
        return IntStream.range(0, foldOf.length)
                .filter(i -> (foldOf[i] == fold) == inside)
                .toArray();
    }
}
