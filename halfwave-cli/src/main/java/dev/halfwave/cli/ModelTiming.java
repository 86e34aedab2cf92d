package dev.halfwave.cli;

import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.onnx.OnnxModel;
import dev.halfwave.onnx.OnnxRunner;
import dev.halfwave.onnx.file.ElementType;
import dev.halfwave.onnx.file.Literal;
import dev.halfwave.onnx.file.Port;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long one run of an ONNX model takes, on inputs of ones, once everything is warm.
 *
 * @param model the model
 * @param batch the size that an open or fixed first axis of 1 gets
 * @param millis the times of the runs that counted, shortest first
 */
record ModelTiming(OnnxModel model, int batch, List<Double> millis) {
    private static final long WARM_NANOS = 2_000_000_000L;
    private static final long COUNTED_NANOS = 3_000_000_000L;
    private static final int LEAST_RUNS = 5;

    /** Runs the model for some seconds. */
    static ModelTiming of(OnnxModel model, int batch, Kernels kernels, WorkerPool pool) {
        OnnxRunner runner = new OnnxRunner(model, kernels, pool);
        Map<String, Literal> inputs = new HashMap<>();
        model.inputs().forEach(port -> inputs.put(port.name(), ones(port, batch)));
        times(runner, inputs, WARM_NANOS);
        List<Double> millis = times(runner, inputs, COUNTED_NANOS);
        Collections.sort(millis);
        return new ModelTiming(model, batch, millis);
    }

    private static Literal ones(Port port, int batch) {
        int[] sizes = new int[port.dims().size()];
        for (int axis = 0; axis < sizes.length; axis++) {
            long size = port.dims().get(axis).size();
            boolean first = axis == 0 && size <= 1;
            if (size < 0 && !first || !port.ranked()) {
                throw new IllegalArgumentException("input " + port
                        + ": expected sizes that the file fixes, received open" + " ones; only the batch may be open");
            }
            sizes[axis] = first ? batch : (int) size;
        }
        return Literal.of(ElementType.FLOAT, Tensor.full(Shape.of(sizes), 1));
    }

    private static List<Double> times(OnnxRunner runner, Map<String, Literal> inputs, long nanos) {
        List<Double> millis = new ArrayList<>();
        long start = System.nanoTime();
        while (millis.size() < LEAST_RUNS || System.nanoTime() - start < nanos) {
            long before = System.nanoTime();
            runner.run(inputs);
            millis.add((System.nanoTime() - before) / 1e6);
        }
        return millis;
    }

    private double quantile(double share) {
        return millis.get((int) (share * (millis.size() - 1)));
    }

    /** For machines. */
    Map<String, Object> object(int threads) {
        return Json.object(
                "model", model.where(),
                "batch", batch,
                "threads", threads,
                "runs", millis.size(),
                "medianMillis", quantile(0.5),
                "lowMillis", quantile(0.1),
                "highMillis", quantile(0.9));
    }

    /** In one line. */
    String line(int threads) {
        return String.format(
                Locale.ROOT,
                "%s, batch %d, %d threads: median %.3f ms, 80 %% of %d runs from %.3f to %.3f",
                model.where(),
                batch,
                threads,
                quantile(0.5),
                millis.size(),
                quantile(0.1),
                quantile(0.9));
    }
}
