package dev.halfwave.cli;

import picocli.CommandLine.Option;

/** The option that makes up for rare classes. */
final class BalanceOptions {
    static final String OPTION = "--balance";

    @Option(
            names = OPTION,
            description = "Draw every class equally often in each epoch, for data where some are rare;"
                    + " images to validate and test with stay as they are.")
    private boolean balance;

    boolean wanted() {
        return balance;
    }
}
