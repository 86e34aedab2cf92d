package dev.halfwave.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** A plan as a checkpoint's texts, and back. */
final class PlanText {
    private PlanText() {}

    /** A plan's parts by name. */
    static Map<String, String> of(TrainingPlan plan) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("epochs", Integer.toString(plan.epochs()));
        texts.put("batchSize", Integer.toString(plan.batchSize()));
        texts.put("rate", Double.toString(plan.rate()));
        texts.put("seed", Long.toString(plan.seed()));
        texts.put("loss", Losses.spec(plan.loss()));
        texts.put("optimizer", Optimizers.spec(plan.optimizer()));
        texts.put("schedule", Schedules.spec(plan.schedule()));
        texts.put("exact", Boolean.toString(plan.exact()));
        texts.put("updates", of(plan.updates()));
        return texts;
    }

    /** Rules as in {@code accumulate=2;ema=0.999}: those that are not as usual. */
    static String of(UpdateRules rules) {
        UpdateRules usual = UpdateRules.usual();
        StringJoiner text = new StringJoiner(";");
        if (rules.accumulation() != usual.accumulation()) {
            text.add("accumulate=" + rules.accumulation());
        }
        if (rules.clipNorm() != usual.clipNorm()) {
            text.add("clip-norm=" + rules.clipNorm());
        }
        if (rules.clipValue() != usual.clipValue()) {
            text.add("clip-value=" + rules.clipValue());
        }
        if (rules.average() != usual.average()) {
            text.add("ema=" + rules.average());
        }
        rules.frozen().forEach(name -> text.add("freeze=" + name));
        rules.undecayed().forEach(name -> text.add("no-decay=" + name));
        rules.lookahead().ifPresent(lookahead -> text.add("lookahead=" + lookahead));
        return text.toString();
    }

    /** The rules of a text that {@link #of(UpdateRules)} wrote. */
    static UpdateRules rules(String text) {
        int accumulation = 1;
        double clipNorm = Double.POSITIVE_INFINITY;
        double clipValue = Double.POSITIVE_INFINITY;
        double average = 0;
        List<String> frozen = new ArrayList<>();
        List<String> undecayed = new ArrayList<>();
        Optional<Lookahead> lookahead = Optional.empty();
        for (String part : text.isEmpty() ? new String[0] : text.split(";", -1)) {
            int equals = part.indexOf('=');
            String value = part.substring(equals + 1);
            switch (part.substring(0, Math.max(0, equals))) {
                case "accumulate" -> accumulation = Integer.parseInt(value);
                case "clip-norm" -> clipNorm = Double.parseDouble(value);
                case "clip-value" -> clipValue = Double.parseDouble(value);
                case "ema" -> average = Double.parseDouble(value);
                case "freeze" -> frozen.add(value);
                case "no-decay" -> undecayed.add(value);
                case "lookahead" -> lookahead = Optional.of(Lookahead.of(value));
                default ->
                    throw new IllegalArgumentException("updates: expected rules as in ema=0.999, received \"" + part
                            + "\"; written by a newer version?");
            }
        }
        return new UpdateRules(accumulation, clipNorm, clipValue, average, frozen, undecayed, lookahead);
    }

    /** What a schedule was told, as in {@code 3;0.5,1.0,0.0,0.1}. */
    static String of(Feedback feedback) {
        StringJoiner memory = new StringJoiner(",");
        feedback.memory().forEach(number -> memory.add(number.toString()));
        return feedback.epochs() + ";" + memory;
    }

    /** What {@link #of(Feedback)} wrote. */
    static Feedback feedback(String text) {
        String[] parts = text.split("[;,]", -1);
        List<Double> memory = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            memory.add(Double.valueOf(parts[i]));
        }
        return new Feedback(Integer.parseInt(parts[0]), memory);
    }
}
