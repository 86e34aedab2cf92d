package dev.halfwave.name;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Records that users choose by name, with their usual numbers or with others, as in {@code adamw} and
 * {@code adamw(decay=0.1)}.
 *
 * @param <T> what the records have in common
 */
public final class Choices<T> {
    private static final Pattern SPEC = Pattern.compile("([a-z0-9-]+)(?:\\((.*)\\))?");
    private static final Pattern SETTING = Pattern.compile("\\s*(\\w+)\\s*=\\s*(\\S+)\\s*");

    private static final Pattern NAMELESS = Pattern.compile("\\s*[^\\s=]+\\s*");

    private final String what;
    private final Function<T, String> name;
    private final List<T> usual;
    private final boolean inOrder;

    /**
     * @param what what they are, for messages, as in {@code optimizer}
     * @param name how to tell a record's name
     * @param usual a record for every name, with its usual numbers
     */
    public Choices(String what, Function<T, String> name, List<T> usual) {
        this(what, name, List.copyOf(usual), false);
    }

    private Choices(String what, Function<T, String> name, List<T> usual, boolean inOrder) {
        this.what = what;
        this.name = name;
        this.usual = usual;
        this.inOrder = inOrder;
    }

    /** The same that also take settings without names, which are those of the record in its order, as in {@code shift(2)}. */
    public Choices<T> alsoInOrder() {
        return new Choices<>(what, name, usual, true);
    }

    /** All names. */
    public List<String> names() {
        return usual.stream().map(name).toList();
    }

    /**
     * The record that a text describes: a name, and in brackets what is not as usual.
     *
     * @throws IllegalArgumentException if the name is unknown (the nearest one is suggested), or a setting unknown or unfit
     */
    public T of(String spec) {
        Matcher matcher = SPEC.matcher(spec.strip());
        T found = matcher.matches() ? known(matcher.group(1)).orElse(null) : null;
        if (found == null) {
            throw Names.unknown(what, spec, names());
        }
        String settings = matcher.group(2);
        return settings == null ? found : with(found, settings, spec);
    }

    /** The text that describes a record: its name, and in brackets what is not as usual. */
    public String spec(T choice) {
        String called = name.apply(choice);
        T asUsual = known(called).orElse(choice);
        if (asUsual.getClass() != choice.getClass()) {
            return called; // somebody else's, which only its name can find again
        }
        List<String> settings = new ArrayList<>();
        for (RecordComponent component : components(choice)) {
            Object value = value(component, choice);
            if (!value.equals(value(component, asUsual))) {
                settings.add(component.getName() + "=" + value);
            }
        }
        return settings.isEmpty() ? called : called + "(" + String.join(", ", settings) + ")";
    }

    private Optional<T> known(String wanted) {
        return usual.stream()
                .filter(choice -> name.apply(choice).equals(wanted))
                .findFirst();
    }

    private T with(T found, String settings, String spec) {
        RecordComponent[] components = components(found);
        List<String> known =
                Arrays.stream(components).map(RecordComponent::getName).toList();
        Object[] values = Arrays.stream(components)
                .map(component -> value(component, found))
                .toArray();
        String[] parts = settings.split(",", -1);
        for (int i = 0; i < parts.length; i++) {
            String setting = parts[i];
            boolean nameless =
                    inOrder && i < known.size() && NAMELESS.matcher(setting).matches();
            Matcher matcher = SETTING.matcher(nameless ? known.get(i) + "=" + setting.strip() : setting);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(what + " \"" + spec + "\": expected settings as in "
                        + name.apply(found) + "(name=number), received \"" + setting.strip() + "\"");
            }
            int place = known.indexOf(matcher.group(1));
            if (place < 0) {
                throw Names.unknown("setting of the " + what + " " + name.apply(found), matcher.group(1), known);
            }
            values[place] = parse(components[place], matcher.group(2), spec);
        }
        return make(found, components, values);
    }

    private Object parse(RecordComponent component, String text, String spec) {
        if (component.getType() == boolean.class && (text.equals("true") || text.equals("false"))) {
            return Boolean.valueOf(text);
        }
        try {
            if (component.getType() == double.class) {
                return Double.valueOf(text);
            }
            if (component.getType() == int.class) {
                return Integer.valueOf(text);
            }
        } catch (NumberFormatException notANumber) {
            throw unreadable(component, text, spec, notANumber);
        }
        throw unreadable(component, text, spec, null);
    }

    private IllegalArgumentException unreadable(
            RecordComponent component, String text, String spec, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                what + " \"" + spec + "\": expected " + expected(component.getType()) + " for " + component.getName()
                        + ", received \"" + text + "\"",
                cause);
    }

    private static String expected(Class<?> type) {
        if (type == boolean.class) {
            return "true or false";
        }
        return type == int.class ? "a whole number" : "a number";
    }

    private static RecordComponent[] components(Object choice) {
        return Objects.requireNonNullElse(choice.getClass().getRecordComponents(), new RecordComponent[0]);
    }

    private static Object value(RecordComponent component, Object owner) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + ": expected a public record", e);
        }
    }

    @SuppressWarnings("unchecked") // the constructor is that of found's class
    private T make(T found, RecordComponent[] components, Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return (T) found.getClass().getConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException unfit ? unfit : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(found.getClass() + ": expected a public record", e);
        }
    }
}
