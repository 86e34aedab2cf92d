package dev.halfwave.kernel;

import dev.halfwave.name.Names;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a provider of kernels, once per run: {@code simd} where the Vector API is there and fast, else
 * {@code scalar}.
 *
 * <p>{@code -Dhalfwave.kernels=scalar} or {@code simd} takes the choice out of its hands; a provider asked for that
 * cannot work is an error, never a silent fallback.
 */
public final class Providers {
    /** The property that names a provider. */
    public static final String PROPERTY = "halfwave.kernels";

    /** From here on vector kernels make up for their start; see docs/performance.md. */
    private static final long LITTLE = 2_000_000_000;

    private static final String SCALAR = "scalar";
    private static final String SIMD = "simd";

    /** What a vector has to hold for vector kernels to pay. */
    private static final int LEAST_LANES = 4;

    /** The choice once made, or why there is none: a class that failed to load says why only the first time. */
    private static @Nullable Supplier<Choice> choice;

    private Providers() {}

    /**
     * The provider of this run.
     *
     * @throws IllegalArgumentException if the property names none
     * @throws IllegalStateException if the property names one that cannot work here
     */
    public static Kernels active() {
        return choice().kernels;
    }

    /**
     * The kernels for a process that ends after so much work: below {@value #LITTLE} floating-point operations those in
     * plain Java, for vector code is slow until Java has compiled it.
     *
     * @param flops all that will be computed
     * @throws IllegalArgumentException as {@link #active}
     * @throws IllegalStateException as {@link #active}
     */
    public static Kernels forOnce(long flops) {
        return flops < LITTLE && System.getProperty(PROPERTY) == null ? scalar() : active();
    }

    /** One line that says which provider is active and why, as in {@code simd: Vector API, 512-bit}. */
    public static String report() {
        return choice().report;
    }

    /** The provider in plain Java, which works everywhere. */
    public static Kernels scalar() {
        return load(SCALAR);
    }

    /**
     * The provider of the given name.
     *
     * @throws IllegalArgumentException if there is none
     * @throws IllegalStateException if it cannot work here; says why and what to do
     */
    public static Kernels named(String name) {
        if (name.equals(SCALAR)) {
            return scalar();
        }
        if (!name.equals(SIMD)) {
            throw Names.unknown("kernel provider", name, List.of(SCALAR, SIMD));
        }
        Optional<String> obstacle = VectorConditions.obstacle();
        Kernels simd = obstacle.isPresent() ? scalar() : load(SIMD);
        obstacle = obstacle.or(() -> narrow(simd));
        if (obstacle.isPresent()) {
            throw new IllegalStateException("kernels: expected a JVM for the provider simd, but " + obstacle.get());
        }
        return simd;
    }

    private static synchronized Choice choice() {
        if (choice == null) {
            choice = settle();
        }
        return choice.get();
    }

    private static Supplier<Choice> settle() {
        String asked = System.getProperty(PROPERTY);
        try {
            Choice made = asked == null ? choose() : forced(asked);
            return () -> made;
        } catch (IllegalArgumentException | IllegalStateException refusal) {
            return () -> {
                throw refusal;
            };
        }
    }

    private static Choice forced(String name) {
        Kernels kernels = named(name);
        return new Choice(kernels, describe(kernels) + ", asked for with -D" + PROPERTY + "=" + name);
    }

    private static Choice choose() {
        Optional<String> reason = VectorConditions.obstacle().or(VectorConditions::drawback);
        if (reason.isPresent()) {
            return new Choice(scalar(), SCALAR + ": " + reason.get());
        }
        Kernels simd = load(SIMD);
        return narrow(simd)
                .map(why -> new Choice(scalar(), SCALAR + ": " + why))
                .orElseGet(() -> new Choice(simd, describe(simd)));
    }

    private static Optional<String> narrow(Kernels simd) {
        return simd.lanes() >= LEAST_LANES
                ? Optional.empty()
                : Optional.of("this JVM's vectors hold " + simd.lanes() + " floats where " + LEAST_LANES
                        + " are needed; leave out -XX:MaxVectorSize, or use a CPU with 128-bit vectors");
    }

    private static String describe(Kernels kernels) {
        return kernels.name() + ": "
                + (kernels.lanes() == 1 ? "plain Java" : "Vector API, " + kernels.lanes() * Float.SIZE + "-bit");
    }

    /** Loads by name: this package must not link to what stands on it, nor to a module that may be absent. */
    private static Kernels load(String name) {
        String type = Providers.class.getPackageName() + "." + name + "." + (name.equals(SIMD) ? "Simd" : "Scalar")
                + "Kernels";
        try {
            return Class.forName(type)
                    .asSubclass(Kernels.class)
                    .getConstructor()
                    .newInstance();
        } catch (InvocationTargetException | ExceptionInInitializerError e) {
            Throwable cause =
                    e.getCause() instanceof ExceptionInInitializerError nested ? nested.getCause() : e.getCause();
            throw cause instanceof RuntimeException exception ? exception : new IllegalStateException(type, cause);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("kernels: expected the class " + type + " in this build", e);
        }
    }

    /** What was chosen, and the line that says why. */
    private record Choice(Kernels kernels, String report) {}
}
