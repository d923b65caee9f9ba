package dev.allclear.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority of the tests' own and servers' certificates signed by it, made with the JDK's keytool. */
final class TestCertificates {
    private static final String PASSWORD = "changeit";

    private final Path directory;

    /** Makes the authority. */
    TestCertificates(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        makeKey("authority", "-ext", "bc:c");
    }

    /** The authority's certificate as PEM. */
    Path authority() throws IOException, GeneralSecurityException {
        byte[] certificate = keys().getCertificate("authority").getEncoded();
        return Files.writeString(
                directory.resolve("authority.pem"),
                "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate)
                        + "\n-----END CERTIFICATE-----\n");
    }

    /** For a server that is known by such names as {@code dns:localhost}. */
    SSLContext server(String names) throws IOException, InterruptedException, GeneralSecurityException {
        makeKey(names, "-signer", "authority", "-ext", "san=" + names);
        char[] password = PASSWORD.toCharArray();
        KeyStore all = keys();
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry("server", all.getKey(names, password), password, all.getCertificateChain(names));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private Path store() {
        return directory.resolve("keys.p12");
    }

    private KeyStore keys() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private void makeKey(String alias, String... more) throws IOException, InterruptedException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new ArrayList<>(List.of(keytool.toString(), "-genkeypair", "-alias", alias));
        command.addAll(List.of("-dname", "CN=" + alias.replace(':', ' '), "-validity", "3"));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-storetype", "PKCS12"));
        command.addAll(List.of("-keystore", store().toString(), "-storepass", PASSWORD));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
    }
}
