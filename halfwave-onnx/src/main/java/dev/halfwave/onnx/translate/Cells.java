package dev.halfwave.onnx.translate;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.HardSigmoid;
import dev.halfwave.activation.Identity;
import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.activation.Softplus;
import dev.halfwave.activation.Softsign;
import dev.halfwave.activation.Tanh;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Slice;
import java.util.List;

/** The cells of recurrent networks. */
final class Cells {
    private Cells() {}

    /** The simple cell: h = f(x·W + h·R + b). */
    record Simple() implements Recurrent.Cell {
        @Override
        public int gates() {
            return 1;
        }

        @Override
        public List<Value> step(Recurrent net, int d, Value fromInput, List<Value> state) {
            Value sum = net.plus(fromInput, net.product(state.get(0), net.recurrent(d, 0, 1)));
            return List.of(gate(net, d, 0, sum));
        }
    }

    /**
     * Long short-term memory, with gates in the order input, output, forget, cell, and peepholes if there are any.
     *
     * @see <a href="https://doi.org/10.1162/neco.1997.9.8.1735">Hochreiter and Schmidhuber 1997</a>
     */
    record LongShortTerm() implements Recurrent.Cell {
        @Override
        public int gates() {
            return 4;
        }

        @Override
        public int states() {
            return 2;
        }

        @Override
        public List<Value> step(Recurrent net, int d, Value fromInput, List<Value> state) {
            Value old = state.get(1);
            Value gates = net.plus(fromInput, net.product(state.get(0), net.recurrent(d, 0, 4)));
            Value in = gate(net, d, 0, peep(net, d, 0, net.gate(gates, 0), old));
            Value forget = net.call().attributes().flag("input_forget", false)
                    ? net.call().binary(BinaryFunction.SUBTRACT, net.call().constant(1), in)
                    : gate(net, d, 0, peep(net, d, 2, net.gate(gates, 2), old));
            Value fresh = gate(net, d, 1, net.gate(gates, 3));
            Value cell = net.plus(net.times(forget, old), net.times(in, fresh));
            Value out = gate(net, d, 0, peep(net, d, 1, net.gate(gates, 1), cell));
            return List.of(net.times(out, activate(net, d, 2, cell)), cell);
        }

        private static Value peep(Recurrent net, int d, int hole, Value gate, Value cell) {
            if (!net.call().has(7)) {
                return gate;
            }
            Value all = net.call()
                    .reshape(net.call().add(new Slice(0, d, 1), net.call().value(7)), 3 * net.hidden());
            Value weights = net.call().add(new Slice(0, hole * net.hidden(), net.hidden()), all);
            return net.plus(gate, net.times(cell, weights));
        }
    }

    /**
     * The gated recurrent unit, with gates in the order update, reset, hidden.
     *
     * @see <a href="https://arxiv.org/abs/1406.1078">Cho et al. 2014</a>
     */
    record Gated() implements Recurrent.Cell {
        @Override
        public int gates() {
            return 3;
        }

        @Override
        public boolean keepsRecurrentBias() {
            return true;
        }

        @Override
        public List<Value> step(Recurrent net, int d, Value fromInput, List<Value> state) {
            Value h = state.get(0);
            Value both = net.product(h, net.recurrent(d, 0, 2));
            if (net.hasBias()) {
                both = net.plus(both, net.bias(d, 3 * net.hidden(), 2 * net.hidden()));
            }
            Value update = gate(net, d, 0, net.plus(net.gate(fromInput, 0), net.gate(both, 0)));
            Value reset = gate(net, d, 0, net.plus(net.gate(fromInput, 1), net.gate(both, 1)));
            Value fresh = gate(net, d, 1, net.plus(net.gate(fromInput, 2), candidate(net, d, h, reset)));
            // (1 − z) · fresh + z · h
            Value difference = net.call().binary(BinaryFunction.SUBTRACT, h, fresh);
            return List.of(net.plus(fresh, net.times(update, difference)));
        }

        private static Value candidate(Recurrent net, int d, Value h, Value reset) {
            boolean linear = net.call().attributes().flag("linear_before_reset", false);
            Value product = net.product(linear ? h : net.times(reset, h), net.recurrent(d, 2, 1));
            Value sum = net.hasBias() ? net.plus(product, net.bias(d, 5 * net.hidden(), net.hidden())) : product;
            return linear ? net.times(reset, sum) : sum;
        }
    }

    /** Applies one of a direction's functions: the usual ones, or those the node names. */
    private static Value activate(Recurrent net, int d, int function, Value x) {
        return net.call().add(new Activate(function(net, d, function)), x);
    }

    /** Applies a function to a gate, whose sum is kept within bounds if the node has any. */
    private static Value gate(Recurrent net, int d, int function, Value sum) {
        double bound = net.call().attributes().number("clip", 0);
        return activate(net, d, function, bound > 0 ? Pointwise.clip(net.call(), sum, -bound, bound) : sum);
    }

    /** One of a direction's functions. */
    static Activation function(Recurrent net, int d, int function) {
        List<String> names = net.call().attributes().texts("activations");
        if (names == null || names.isEmpty()) {
            return net.cellGates() > 1 && function == 0 ? new Sigmoid() : new Tanh();
        }
        int each = names.size() / net.directionCount();
        if (each == 0 || function >= each) {
            throw net.call().attributes().wrong("activations", "a function for every gate", names.toString());
        }
        return named(net.call(), names.get(d * each + function));
    }

    private static Activation named(Call call, String name) {
        return switch (name.toLowerCase(java.util.Locale.ROOT)) {
            case "relu" -> new Relu();
            case "tanh" -> new Tanh();
            case "sigmoid" -> new Sigmoid();
            case "affine" -> new Identity();
            case "leakyrelu" -> new LeakyRelu();
            case "hardsigmoid" -> new HardSigmoid(0.2, 0.5);
            case "softsign" -> new Softsign();
            case "softplus" -> new Softplus();
            default -> throw call.attributes().wrong("activations", "functions that ONNX names", name);
        };
    }
}
