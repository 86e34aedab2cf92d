package dev.halfwave.claims;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.activation.Tanh;
import dev.halfwave.graph.Initializer;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.Layer;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.init.Glorot;
import dev.halfwave.nn.init.He;
import dev.halfwave.nn.init.LeCun;
import dev.halfwave.nn.init.Orthogonal;
import dev.halfwave.train.GradientFlow;
import dev.halfwave.train.LayerFlow;
import dev.halfwave.train.Tally;
import dev.halfwave.train.Trainer;
import dev.halfwave.train.TrainingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Trains plain networks of several depths with every pair of an activation and first values. */
record DepthTrains() implements Claim {
    private static final List<Integer> DEPTHS = List.of(5, 10, 20, 30);
    private static final int UNITS = 64;
    private static final int SAMPLES = 32;
    private static final int EPOCHS = 8;

    /** Fewer leave it to rounding whether the deepest networks train. */
    private static final int DIGITS = 2000;

    private static final double RATE = 0.01;
    private static final double TRAINED = 0.2; // twice as good as guessing
    private static final double ORDERS = 8;

    @Override
    public String id() {
        return "depth-trains";
    }

    @Override
    public String text() {
        return "With He's first values 30 ReLU layers train, where with Glorot's they stall.";
    }

    @Override
    public String source() {
        return "He et al. 2015, section 2.2 and figure 3";
    }

    @Override
    public Verdict expected() {
        return Verdict.HOLDS;
    }

    @Override
    public Finding run(boolean quick) {
        int seeds = quick ? 2 : 5;
        Map<String, List<Cell>> grid = new LinkedHashMap<>();
        for (Activation f : List.of(new Relu(), new LeakyRelu(0.1), new Tanh(), new Sigmoid())) {
            initializers(f)
                    .forEach((name, initializer) -> grid.put(
                            f.name() + ", " + name,
                            DEPTHS.stream()
                                    .map(depth -> Cell.of(network(depth, f, initializer), seeds))
                                    .toList()));
        }
        Cell he = deepest(grid, "relu, He");
        Cell glorot = deepest(grid, "relu, Glorot");
        String measured = Texts.format(
                "%d layers of %d units, %d epochs of %,d digits, %d seeds, 95 %% intervals: with ReLU the test accuracy is %s"
                        + " with He's values and %s with Glorot's, and the first layer's gradient starts as %.1g and %.1g"
                        + " times the last hidden one's; at that depth these pass %.0f %%: %s",
                DEPTHS.get(DEPTHS.size() - 1),
                UNITS,
                EPOCHS,
                DIGITS,
                seeds,
                Spread.of(he.accuracies()).percent(),
                Spread.of(glorot.accuracies()).percent(),
                he.ratio(),
                glorot.ratio(),
                100 * TRAINED,
                grid.keySet().stream()
                        .filter(name -> deepest(grid, name).accuracy() > TRAINED)
                        .collect(Collectors.joining("; ")));
        Verdict verdict = Verdict.of(Arrays.stream(he.accuracies()).min().orElseThrow() > TRAINED
                && Arrays.stream(glorot.accuracies()).max().orElseThrow() < TRAINED);
        return new Finding(verdict, measured, plot(grid), List.of(accuracies(grid), gradients(grid)));
    }

    private static Cell deepest(Map<String, List<Cell>> grid, String name) {
        return grid.getOrDefault(name, List.of()).get(DEPTHS.size() - 1);
    }

    /** He's and the orthogonal ones with the activation's gain, the others as they are. */
    private static Map<String, Initializer> initializers(Activation f) {
        Map<String, Initializer> all = new LinkedHashMap<>();
        all.put("He", new He(f.slopes().isPresent() ? f.gain() : Math.sqrt(2)));
        all.put("orthogonal", new Orthogonal(f.gain()));
        all.put("Glorot", new Glorot());
        all.put("LeCun", new LeCun());
        return all;
    }

    private static Network network(int depth, Activation f, Initializer initializer) {
        List<Layer> layers = new ArrayList<>(List.of(new Flatten()));
        IntStream.range(1, depth)
                .forEach(i -> layers.add(Dense.of(UNITS).activation(f).initializer(initializer)));
        layers.add(Dense.of(Trial.test().classes().size()).initializer(initializer));
        return Network.of("deep", Trial.test().sampleShape(), layers.toArray(Layer[]::new));
    }

    private static Plot plot(Map<String, List<Cell>> grid) {
        Plot plot = new Plot(
                "layers with weights",
                "test accuracy, mean over seeds",
                DEPTHS.stream().map(Integer::doubleValue).toList(),
                List.of());
        for (String name : List.of("relu, He", "relu, Glorot", "tanh, Glorot", "sigmoid, Glorot")) {
            plot = plot.with(
                    name,
                    grid.getOrDefault(name, List.of()).stream()
                            .map(Cell::accuracy)
                            .toList());
        }
        return plot;
    }

    private static Heat accuracies(Map<String, List<Cell>> grid) {
        return heat(
                "test accuracy",
                0,
                1,
                grid.values().stream()
                        .map(row -> row.stream().map(Cell::accuracy).toList())
                        .toList(),
                grid);
    }

    private static Heat gradients(Map<String, List<Cell>> grid) {
        return heat(
                "log₁₀ of first over last gradient",
                -ORDERS,
                ORDERS,
                grid.values().stream()
                        .map(row -> row.stream()
                                .map(cell -> Math.log10(Math.max(cell.ratio(), Float.MIN_VALUE)))
                                .toList())
                        .toList(),
                grid);
    }

    private static Heat heat(
            String colour, double low, double high, List<List<Double>> values, Map<String, List<Cell>> grid) {
        List<String> depths = DEPTHS.stream().map(String::valueOf).toList();
        return new Heat(
                "layers with weights",
                "activation, first values",
                colour,
                low,
                high,
                depths,
                List.copyOf(grid.keySet()),
                values);
    }

    /**
     * What became of one kind of network.
     *
     * @param accuracies one per seed
     * @param ratio the gradient of the first layer's output at the beginning, in times of the last hidden layer's
     */
    private record Cell(double[] accuracies, double ratio) {
        static Cell of(Network network, int seeds) {
            Trial trial = Trial.of(network, RATE, EPOCHS, DIGITS);
            double[] accuracies = new double[seeds];
            double[] ratios = new double[seeds];
            for (int i = 0; i < seeds; i++) {
                int run = i;
                accuracies[i] = trial.run(
                                i + 1,
                                trainer -> trainer.addListener(new Beginning(GradientFlow.of(
                                        trainer.model(),
                                        trial.loss(),
                                        trial.train(),
                                        SAMPLES,
                                        2,
                                        WorkerPool.shared(),
                                        flows -> ratios[run] = ratio(flows)))))
                        .accuracy();
            }
            return new Cell(accuracies, Arrays.stream(ratios).average().orElseThrow());
        }

        private static double ratio(List<LayerFlow> flows) {
            return flows.get(0).gradient() / flows.get(flows.size() - 2).gradient();
        }

        double accuracy() {
            return Arrays.stream(accuracies).average().orElseThrow();
        }
    }

    /**
     * Lets someone watch the first two steps.
     *
     * @param flow who
     */
    private record Beginning(GradientFlow flow) implements TrainingListener {
        @Override
        public void batchDone(Trainer trainer, Tally tally) {
            if (trainer.position().step() <= 2) {
                flow.batchDone(trainer, tally);
            }
        }
    }
}
