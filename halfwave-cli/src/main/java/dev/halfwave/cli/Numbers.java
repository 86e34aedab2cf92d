package dev.halfwave.cli;

import java.math.BigDecimal;
import java.util.Locale;

/** Numbers as a page's tables show them. */
final class Numbers {
    private Numbers() {}

    static String of(double number) {
        return String.format(Locale.ROOT, "%.4g", number);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** All its digits, without an exponent. */
    static String plain(double number) {
        return new BigDecimal(String.valueOf(number)).stripTrailingZeros().toPlainString();
    }
}
