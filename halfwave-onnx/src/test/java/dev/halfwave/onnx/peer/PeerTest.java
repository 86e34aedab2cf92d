package dev.halfwave.onnx.peer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.onnx.OnnxModel;
import dev.halfwave.onnx.OnnxRunner;
import dev.halfwave.onnx.file.Literal;
import dev.halfwave.onnx.translate.Operators;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Models of one node, drawn at random, in Halfwave and in ONNX Runtime.
 *
 * <p>Where ONNX Runtime does not do what ONNX's specification says, the draws leave that out and say so.
 */
class PeerTest {
    private static final long SEED = 20260;
    private static final double TOLERANCE = 2e-4;

    /** Ops that this version of ONNX Runtime does not have yet; ONNX's own cases try them. */
    private static final Set<String> NEWER = Set.of("RMSNormalization", "Swish");

    private final Peer peer = new Peer();

    static Stream<Family> families() {
        return Stream.of(
                        ArithmeticDraws.families(),
                        PointwiseDraws.families(),
                        WindowDraws.families(),
                        NormDraws.families(),
                        ReductionDraws.families(),
                        ShapeDraws.families(),
                        PieceDraws.families(),
                        ResizeDraws.families(),
                        RecurrentDraws.families())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("families")
    void agreesWithOnnxRuntime(Family family, TestReporter reporter) {
        List<String> failures = new ArrayList<>();
        Map<String, Integer> refused = new TreeMap<>();
        int compared = 0;
        for (long seed = SEED; seed < SEED + family.count(); seed++) {
            NodeModel model = family.draws().apply(new Draw(seed));
            try {
                List<Numbers> expected = peer.run(model.bytes(), model.inputs());
                String drawn = "seed " + seed + ", " + model + ": ";
                difference(model, expected).ifPresent(difference -> failures.add(drawn + difference));
                compared++;
            } catch (OrtException notThere) {
                refused.merge(model.type() + ": " + notThere.getMessage(), 1, Integer::sum);
            }
        }
        reporter.publishEntry(
                family.name(), compared + " models agree, " + refused.size() + " kinds not there to compare");
        assertThat(failures).isEmpty();
        // Most of what is drawn has to be there, or the draws are wrong.
        assertThat(compared).as("%s", refused).isGreaterThan(family.count() / 2);
    }

    @Test
    void everyOpIsDrawn() {
        Set<String> drawn = families()
                .flatMap(family -> LongStream.range(SEED, SEED + family.count())
                        .mapToObj(seed -> family.draws().apply(new Draw(seed)).type()))
                .collect(Collectors.toSet());
        assertThat(Operators.names()).containsAll(drawn);
        drawn.addAll(NEWER);
        assertThat(drawn).containsAll(Operators.names());
    }

    private static Optional<String> difference(NodeModel model, List<Numbers> expected) {
        List<Numbers> received;
        try {
            received = run(model);
        } catch (RuntimeException failure) {
            return Optional.of("received " + failure);
        }
        for (int i = 0; i < expected.size(); i++) {
            Optional<String> difference = difference(expected.get(i), received.get(i));
            if (difference.isPresent()) {
                return Optional.of("output " + i + ": " + difference.get());
            }
        }
        return Optional.empty();
    }

    private static List<Numbers> run(NodeModel model) {
        OnnxModel read = OnnxModel.of(model.bytes(), "model");
        Map<String, Literal> inputs = new LinkedHashMap<>();
        model.inputs().forEach((name, numbers) -> inputs.put(name, numbers.literal()));
        Map<String, Literal> outputs = new OnnxRunner(read, Providers.active(), WorkerPool.shared()).run(inputs);
        return outputs.values().stream().map(Numbers::of).toList();
    }

    private static Optional<String> difference(Numbers expected, Numbers received) {
        if (!Arrays.equals(expected.sizes(), received.sizes()) || expected.type() != received.type()) {
            return Optional.of("expected " + expected + ", received " + received);
        }
        boolean exact = !expected.type().isFloating();
        double scale = Arrays.stream(expected.values())
                .filter(Double::isFinite)
                .map(Math::abs)
                .max()
                .orElse(0);
        for (int i = 0; i < expected.values().length; i++) {
            double wanted = expected.values()[i];
            double found = received.values()[i];
            boolean same = wanted == found || Double.isNaN(wanted) && Double.isNaN(found);
            if (!same
                    && (exact
                            || !(Math.abs(wanted - found)
                                    <= 1e-6 + TOLERANCE * Math.min(scale, 1 + Math.abs(wanted))))) {
                return Optional.of("expected " + wanted + " as element " + i + " of "
                        + Arrays.toString(expected.sizes()) + ", received " + found);
            }
        }
        return Optional.empty();
    }
}
