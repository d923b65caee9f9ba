package dev.allclear.log;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;

/** Says in words why a store's certificate is not trusted, where that is why no connection came about. */
final class CertificateProblem {
    private static final int DEEPEST = 10;

    private CertificateProblem() {}

    static Optional<String> in(Throwable failure) {
        Optional<String> said = Optional.empty();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++, cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException) {
                return Optional.of("no authority known here has signed it; name the file of your own with ca:");
            }
            if (cause instanceof CertificateException || cause instanceof CertPathValidatorException) {
                said = Optional.of(String.valueOf(cause.getMessage()));
            }
        }
        return said;
    }
}
