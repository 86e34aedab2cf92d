package dev.halfwave.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Formula.Function;
import dev.halfwave.activation.Formula.Operator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the functions in double precision that the JDK does not have against values computed with 50 digits. */
class FormulaFunctionTest {
    @ParameterizedTest
    @CsvSource({
        "0x1p-40, 0x1.20dd750429b6dp-40",
        "0.1, 0x1.cca5ea24fb334p-4",
        "0.5, 0x1.0a7ef5c18edd2p-1",
        "0.9, 0x1.98045a6c8a2e6p-1",
        "1, 0x1.af767a741088bp-1",
        "1.5, 0x1.eea5557137ae0p-1",
        "1.9990234375, 0x1.fd983ab83dd15p-1",
        "2, 0x1.fd9ae142795e3p-1",
        "2.5, 0x1.ffcaa8f4c9beap-1",
        "3.3, 0x1.ffff9966790c8p-1",
        "4.7, 0x1.ffffffffbe223p-1",
        "5.9, 0x1.fffffffffffffp-1",
        "6, 1",
        "1e300, 1",
        "Infinity, 1"
    })
    void theErrorFunctionIsRightToTwoUnits(double x, double expected) {
        assertThat(Function.ERF.at(x)).isCloseTo(expected, Offset.offset(2 * Math.ulp(expected)));
        assertThat(Function.ERF.at(-x)).isCloseTo(-expected, Offset.offset(2 * Math.ulp(expected)));
    }

    @ParameterizedTest
    @CsvSource({
        "ASINH, 1e-9, 0x1.12e0be826d695p-30",
        "ASINH, 0.3, 0x1.2ec4ea565fcc1p-2",
        "ASINH, -0.75, -0x1.62e42fefa39efp-1",
        "ASINH, 20, 0x1.d841a9abe2ebbp+1",
        "ASINH, 1e12, 0x1.c52fcb187d170p+4",
        "ASINH, -1e300, -0x1.59bbfd8b83e44p+9",
        "ACOSH, 1, 0",
        "ACOSH, 1.5, 0x1.ecc2caec5160ap-1",
        "ACOSH, 20, 0x1.d818b3e5d4c5fp+1",
        "ACOSH, 1e12, 0x1.c52fcb187d170p+4",
        "ACOSH, 1e300, 0x1.59bbfd8b83e44p+9",
        "ATANH, 1e-9, 0x1.12e0be826d695p-30",
        "ATANH, -0.3, -0x1.3cf2b50617c95p-2",
        "ATANH, 0.75, 0x1.f2272ae325a57p-1"
    })
    void inversesOfHyperbolicFunctionsAreRightToThreeUnits(Function function, double x, double expected) {
        assertThat(function.at(x)).isCloseTo(expected, Offset.offset(3 * Math.ulp(expected)));
    }

    @Test
    void wholeNumbersNearby() {
        double[] x = {-2.5, -1.5, -0.5, -0.3, 0.3, 0.5, 1.5, 2.5};
        assertAt(Function.ROUND, x, -2, -2, -0.0, -0.0, 0, 0, 2, 2);
        assertAt(Function.TRUNCATE, x, -2, -1, -0.0, -0.0, 0, 0, 1, 2);
        assertAt(Function.FLOOR, x, -3, -2, -1, -1, 0, 0, 1, 2);
        assertAt(Function.CEIL, x, -2, -1, -0.0, -0.0, 1, 1, 2, 3);
        assertAt(Function.SIGN, x, -1, -1, -1, -1, 1, 1, 1, 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Function.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"EXP", "SIGMOID", "LOG", "COS", "ACOS", "COSH", "ACOSH", "NEGATE", "ABS"})
    void oddFunctionsKeepTheSignOfZero(Function function) {
        assertThat(function.at(0.0)).isEqualTo(Double.valueOf(0.0));
        assertThat(function.at(-0.0)).isEqualTo(Double.valueOf(-0.0));
    }

    @ParameterizedTest
    @EnumSource(Function.class)
    void whatIsNotANumberStaysSo(Function function) {
        assertThat(function.at(Double.NaN)).isNaN();
    }

    @ParameterizedTest
    @CsvSource({
        "SQRT, -Infinity, NaN",
        "SQRT, Infinity, Infinity",
        "LOG, 0, -Infinity",
        "LOG, -1, NaN",
        "LOG, Infinity, Infinity",
        "ACOSH, 0.999, NaN",
        "ACOSH, -1e9, NaN",
        "ACOSH, Infinity, Infinity",
        "ASINH, -Infinity, -Infinity",
        "ATANH, 1, Infinity",
        "ATANH, -1, -Infinity",
        "ATANH, 1.5, NaN",
        "SIN, Infinity, NaN",
        "COSH, -Infinity, Infinity",
        "FLOOR, -Infinity, -Infinity",
        "SIGN, -Infinity, -1"
    })
    void endsOfTheDomain(Function function, double x, double expected) {
        assertThat(function.at(x)).isEqualTo(Double.valueOf(expected));
    }

    @Test
    void powersAreThoseOfMath() {
        double[] numbers = {-2, -1, -0.0, 0, 0.5, 1, 3, Double.POSITIVE_INFINITY, Double.NaN};
        for (double a : numbers) {
            for (double b : numbers) {
                assertThat(Operator.POWER.at(a, b))
                        .as("%s to the power of %s", a, b)
                        .isEqualTo(Double.valueOf(Math.pow(a, b)));
            }
        }
    }

    private static void assertAt(Function function, double[] x, double... expected) {
        for (int i = 0; i < x.length; i++) {
            assertThat(function.at(x[i])).as("%s of %s", function, x[i]).isEqualTo(Double.valueOf(expected[i]));
        }
    }
}
