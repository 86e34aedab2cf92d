package dev.halfwave.claims;

import dev.halfwave.claims.FirstStep.Content;
import dev.halfwave.nn.Rnn;
import dev.halfwave.nn.init.Glorot;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Lets recurrent nets repeat at the end of a noisy sequence what came first: a number, or one of a few symbols. */
record IdentityRemembers() implements Claim {
    private static final int UNITS = 24;
    private static final int BATCH = 16;
    private static final int TEST_BATCHES = 32;
    private static final int SEEDS = 3;
    private static final int STEPS = 300;

    /** Each net gets the one that suits it better. */
    private static final List<Double> RATES = List.of(1e-3, 1e-4);

    /** The share of what was unknown from which on something counts as remembered. */
    private static final double REMEMBERED = 0.5;

    private static final Rnn IDENTITY = Rnn.identity(UNITS);
    private static final Rnn GLOROT = Rnn.of(UNITS).recurrent(new Glorot());
    private static final Rnn ORTHOGONAL = Rnn.of(UNITS);

    @Override
    public String id() {
        return "identity-remembers";
    }

    @Override
    public String text() {
        return "Recurrent nets of ReLUs that start as the identity remember longer than those of tanh.";
    }

    @Override
    public String source() {
        return "Le, Jaitly and Hinton 2015";
    }

    @Override
    public Verdict expected() {
        return Verdict.HOLDS_ONLY_IF;
    }

    @Override
    public Finding run(boolean quick) {
        List<Integer> lengths = quick ? List.of(20, 200) : List.of(10, 20, 50, 100, 200);
        Recall relu = Recall.of(IDENTITY, Content.NUMBER, lengths);
        Recall tanh = Recall.of(GLOROT, Content.NUMBER, lengths);
        Recall turning = Recall.of(ORTHOGONAL, Content.NUMBER, lengths);
        Recall symbol = Recall.of(IDENTITY, Content.SYMBOL, lengths);
        Recall tanhSymbol = Recall.of(GLOROT, Content.SYMBOL, lengths);
        String measured = Texts.format(
                "only if it is a number: after %d steps of training, %d ReLUs from the identity remember one over %d steps"
                        + " of time, tanh units over %d from Glorot's weights and over %d from an orthogonal matrix; one of"
                        + " four symbols ReLUs remember over %d, tanh units from Glorot's weights over %d",
                STEPS, UNITS, relu.reach(), tanh.reach(), turning.reach(), symbol.reach(), tanhSymbol.reach());
        Plot plot = new Plot("length of the sequence", "share of the first step known", places(lengths), List.of())
                .with("a number, ReLU from the identity", relu.known)
                .with("a number, tanh from Glorot's weights", tanh.known)
                .with("a number, tanh from an orthogonal matrix", turning.known)
                .with("a symbol, ReLU from the identity", symbol.known)
                .with("a symbol, tanh from Glorot's weights", tanhSymbol.known);
        boolean numbers = relu.reach() > Math.max(tanh.reach(), turning.reach());
        return new Finding(Verdict.of(numbers, symbol.reach() > tanhSymbol.reach()), measured, plot);
    }

    private static List<Double> places(List<Integer> lengths) {
        return lengths.stream().map(Integer::doubleValue).toList();
    }

    /**
     * How much one net remembers.
     *
     * @param lengths of sequences, rising
     * @param known for each the share of what was unknown, the median over seeds
     */
    private record Recall(List<Integer> lengths, List<Double> known) {
        static Recall of(Rnn layer, Content content, List<Integer> lengths) {
            return new Recall(
                    lengths,
                    lengths.stream().map(length -> best(layer, content, length)).toList());
        }

        private static double best(Rnn layer, Content content, int length) {
            return RATES.stream()
                    .mapToDouble(rate -> median(layer, content, length, rate))
                    .max()
                    .orElseThrow();
        }

        private static double median(Rnn layer, Content content, int length, double rate) {
            double[] found = new double[SEEDS];
            for (int i = 0; i < SEEDS; i++) {
                FirstStep task = new FirstStep(content, length, new SplittableRandom(i + 1));
                found[i] = new MemoryTraining(layer, task, BATCH, i + 1).known(STEPS, rate, TEST_BATCHES);
            }
            Arrays.sort(found);
            return found[SEEDS / 2];
        }

        /** The longest sequence over which something is remembered; 0 if there is none. */
        int reach() {
            int reach = 0;
            for (int i = 0; i < lengths.size(); i++) {
                reach = known.get(i) >= REMEMBERED ? lengths.get(i) : reach;
            }
            return reach;
        }
    }
}
