package dev.halfwave.cli;

import dev.halfwave.name.Names;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Checks the values of options, so that whatever is wrong with one is a usage error that names the option.
 *
 * @param command whose options they are
 */
record Check(CommandLine command) {

    /** A whole number of at least 1. */
    int positive(String option, int value) {
        if (value < 1) {
            throw wrong(option, "1 or more", value);
        }
        return value;
    }

    /** What core makes of an option's value; core's refusal is the option's error. */
    <T> T value(String option, Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(command, option + ": " + refused.getMessage(), refused);
        }
    }

    /** A name, which has to be one of those that are known. */
    String known(String option, String what, String name, List<String> names) {
        return value(option, () -> {
            if (!names.contains(name)) {
                throw Names.unknown(what, name, names);
            }
            return name;
        });
    }

    /** The error for a value out of its range. */
    ParameterException wrong(String option, String expected, Object received) {
        return new ParameterException(command, option + ": expected " + expected + ", received " + received);
    }
}
