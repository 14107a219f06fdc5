#!/bin/sh
# Makes the certificates of the tests anew: an authority, a server for secure.test, other.test, localhost and loopback, a client.
set -eu
cd "$(dirname "$0")"
days=36500
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days $days -subj "/CN=tsocksify test authority" \
  -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign,cRLSign" \
  -keyout ca-key.pem -out ca.pem
leaf() { # name, subject, extension
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "$2" -keyout "$1-key.pem" -out "$1.csr"
  printf '%s\n' "$3" >"$1.ext"
  openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days $days -extfile "$1.ext" -out "$1.pem"
  rm "$1.csr" "$1.ext"
}
leaf server "/CN=secure.test" "subjectAltName=DNS:secure.test,DNS:other.test,DNS:localhost,IP:127.0.0.1,IP:::1"
leaf client "/CN=a client" "extendedKeyUsage=clientAuth"
rm -f ca-key.pem ca.srl
chmod 644 ./*.pem
