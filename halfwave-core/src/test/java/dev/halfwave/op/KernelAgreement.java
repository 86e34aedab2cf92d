package dev.halfwave.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Program;
import dev.halfwave.compile.Session;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Interpreter;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.rewrite.Rewriter;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/**
 * Holds compiled graphs of one op against the interpreter, forwards and backwards, in poisoned memory: in place and
 * not, with parameters packed once and each time, on one thread and on three, whose bits must be the same.
 *
 * <p>An error is measured against the largest element of the result or of the same computation on absolute values,
 * which is the sum of absolute products for whatever is a sum of products.
 */
final class KernelAgreement {
    private static final double TOLERANCE = 1e-5;
    private static final long RANDOM_KEY = 42;
    private static final WorkerPool ALONE = new WorkerPool(1);
    private static final WorkerPool TEAM = new WorkerPool(3);

    private int configurations;
    private int compared;
    private double worst;

    int configurations() {
        return configurations;
    }

    /** Tries one configuration. */
    void check(Trial trial) {
        configurations++;
        List<Shape> shapes = trial.inputs().stream().map(DoubleTensor::shape).toList();
        Shape y = trial.op().infer(shapes).get(0);
        DoubleTensor seed = new Draw(new SplittableRandom(configurations), Draw.LARGE).values(y, -1, 1);
        Map<String, DoubleTensor> sources = OneOp.sources(trial, seed);
        compare(trial, OneOp::forward, sources, List.of(OneOp.values()));
        if (trial.hasGradient() && !trial.forwardOnly()) {
            compare(trial, OneOp::gradient, sources, List.of(OneOp.FED, OneOp.COPIED));
        }
    }

    private void compare(
            Trial trial,
            BiFunction<OneOp, Trial, Graph> building,
            Map<String, DoubleTensor> sources,
            List<OneOp> ways) {
        Graph defined = building.apply(OneOp.FED, trial);
        Map<String, DoubleTensor> absolute = new HashMap<>();
        sources.forEach((name, tensor) -> absolute.put(name, Trial.absolute(tensor)));
        Interpreter expected = new Interpreter(defined, sources, RANDOM_KEY);
        Interpreter sums = new Interpreter(defined, absolute, RANDOM_KEY);
        for (OneOp way : ways) {
            Graph graph = building.apply(way, trial);
            Map<String, Tensor> alone = run(graph, sources, ALONE);
            Map<String, Tensor> team = run(graph, sources, TEAM);
            alone.forEach((name, actual) -> {
                assertThat(team.get(name))
                        .as("%s %s on three threads", way, name)
                        .isEqualTo(actual);
                double[] wanted = expected.get(defined.output(name)).data();
                double largest = largest(wanted, sums.get(defined.output(name)).data());
                compare(wanted, actual.data(), Math.max(trial.magnitude(), largest), way + " " + name);
            });
        }
    }

    private void compare(double[] wanted, float[] actual, double scale, String what) {
        for (int i = 0; i < wanted.length; i++) {
            compared++;
            double error = wanted[i] == actual[i] ? 0 : Math.abs(wanted[i] - actual[i]) / scale;
            worst = Math.max(worst, error);
            if (!(error <= TOLERANCE)) {
                throw new AssertionError(what + ", element " + i + ": expected " + wanted[i] + ", received " + actual[i]
                        + ", off by " + error + " of scale " + scale);
            }
        }
    }

    private static Map<String, Tensor> run(Graph graph, Map<String, DoubleTensor> sources, WorkerPool pool) {
        Parameters parameters = new Parameters(ParameterLayout.of(graph));
        graph.parameters().forEach(parameter -> parameters.set(parameter.key(), source(sources, parameter.key())));
        Program program = Compiler.compile(graph, parameters.layout(), new Rewriter(List.of()), Providers.active());
        Session session = program.session(parameters, pool);
        Map<String, Tensor> fed = new HashMap<>();
        graph.inputs().forEach(input -> fed.put(input.key(), source(sources, input.key())));
        fed.forEach(session::feed);
        session.poison();
        session.run(RANDOM_KEY);
        fed.forEach((name, tensor) ->
                assertThat(tensor).as("%s after the run", name).isEqualTo(source(sources, name)));
        Map<String, Tensor> outputs = new HashMap<>();
        graph.outputNames().forEach(name -> outputs.put(name, session.output(name)));
        return outputs;
    }

    private static Tensor source(Map<String, DoubleTensor> sources, String name) {
        DoubleTensor tensor = sources.get(name);
        if (tensor == null) {
            throw new AssertionError("no values for " + name);
        }
        return tensor.toFloat();
    }

    private static double largest(double[] values, double[] others) {
        double largest = 0;
        for (int i = 0; i < values.length; i++) {
            largest = Math.max(largest, Math.max(Math.abs(values[i]), Math.abs(others[i])));
        }
        return largest;
    }

    @Override
    public String toString() {
        return configurations + " configurations, " + compared + " elements compared on kernels "
                + Providers.active().name() + ", worst error " + worst + " of the scale";
    }
}
