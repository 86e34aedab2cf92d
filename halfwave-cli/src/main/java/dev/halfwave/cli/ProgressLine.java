package dev.halfwave.cli;

import java.util.Locale;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/** Draws a bar as {@code epoch 1/3 ██████▌      52 %    5,230 images/s   0:09 left  loss 0.4321}. */
final class ProgressLine implements ProgressBarRenderer {
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";
    private static final int WIDEST = 40;

    @Override
    public String render(ProgressState state, int maxLength) {
        double share = Math.min(1, (double) state.getCurrent() / state.getMax());
        double seconds = state.getElapsedAfterStart().toMillis() / 1000.0;
        double speed = seconds > 0 ? (state.getCurrent() - state.getStart()) / seconds : 0;
        String right = String.format(
                Locale.ROOT,
                "%4.0f %%  %,7.0f images/s  %5s left  %s",
                100 * share,
                speed,
                speed > 0 ? clock((state.getMax() - state.getCurrent()) / speed) : "?",
                state.getExtraMessage());
        String left = state.getTaskName() + " ";
        int width = Math.min(WIDEST, maxLength - left.length() - right.length() - 1);
        String line = width < 1 ? left + right : left + bar(share, width) + right;
        return line.substring(0, Math.min(line.length(), maxLength));
    }

    private static String bar(double share, int width) {
        int eighths = (int) (share * width * 8);
        String part = eighths / 8 < width ? EIGHTHS.substring(eighths % 8, eighths % 8 + 1) : "";
        String filled = "█".repeat(eighths / 8) + part;
        return filled + " ".repeat(width - filled.length());
    }

    private static String clock(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
