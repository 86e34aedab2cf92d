package dev.halfwave.train;

import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.nn.Model;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The arrays that training keeps besides the parameters, by name, and as tensors of a file. */
final class TrainingState {
    /** The sum of the gradients since the last update. */
    static final String ACCUMULATED = "accumulated";

    /** Lookahead's slow weights. */
    static final String SLOW = "slow";

    /** The average of all parameters, statistics included. */
    static final String AVERAGE = "average";

    private TrainingState() {}

    /** The names of the optimizer's arrays. */
    static List<String> ofOptimizer(TrainingPlan plan) {
        return plan.optimizer().state().stream()
                .map(name -> "optimizer." + name)
                .toList();
    }

    /** The names of all arrays in the layout of the trainable parameters. */
    private static List<String> trainableNames(TrainingPlan plan) {
        List<String> names = new ArrayList<>(ofOptimizer(plan));
        if (plan.updates().accumulation() > 1) {
            names.add(ACCUMULATED);
        }
        if (plan.updates().lookahead().isPresent()) {
            names.add(SLOW);
        }
        return names;
    }

    /** The parameters that gradients are computed for. */
    static List<ParameterLayout.Entry> trainable(ParameterLayout layout) {
        return layout.entries().stream()
                .filter(entry -> entry.parameter().trainable())
                .toList();
    }

    /** All arrays but the average, which stands in a file as the model itself. */
    static Map<String, Tensor> tensors(TrainingPlan plan, Model model, Map<String, float[]> state) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String name : trainableNames(plan)) {
            tensors.putAll(tensors(name, trainable(model.parameters().layout()), array(state, name)));
        }
        return tensors;
    }

    private static float[] array(Map<String, float[]> state, String name) {
        float[] array = state.get(name);
        if (array == null) {
            throw new IllegalArgumentException(
                    "checkpoint: expected an array \"" + name + "\", received " + state.keySet());
        }
        return array;
    }

    /** An array as one tensor for each parameter. */
    static Map<String, Tensor> tensors(String name, List<ParameterLayout.Entry> entries, float[] array) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (ParameterLayout.Entry entry : entries) {
            int end = entry.offset() + entry.shape().elements();
            float[] values = Arrays.copyOfRange(array, entry.offset(), end);
            tensors.put(name + "/" + entry.key(), Tensor.of(entry.shape(), values));
        }
        return tensors;
    }

    /**
     * The arrays that {@link #tensors} wrote.
     *
     * @param find gives one parameter's part of an array, by its name in the file
     */
    static Map<String, float[]> read(TrainingPlan plan, Model model, Function<Part, float[]> find) {
        Map<String, float[]> state = new LinkedHashMap<>();
        ParameterLayout layout = model.parameters().layout();
        for (String name : trainableNames(plan)) {
            state.put(name, read(name, trainable(layout), layout.trainableEnd(), find));
        }
        return state;
    }

    /** One array. */
    static float[] read(String name, List<ParameterLayout.Entry> entries, int length, Function<Part, float[]> find) {
        float[] array = new float[length];
        for (ParameterLayout.Entry entry : entries) {
            float[] values = find.apply(new Part(name + "/" + entry.key(), entry));
            System.arraycopy(values, 0, array, entry.offset(), values.length);
        }
        return array;
    }

    /**
     * One parameter's part of an array.
     *
     * @param tensor its name in a file
     * @param entry the parameter
     */
    record Part(String tensor, ParameterLayout.Entry entry) {}
}
