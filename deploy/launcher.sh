# Shared by up, down and status: finds Java 25, builds what is not built, hands over to the launcher.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dist=$root/deploy/target/dist
stamp=$root/deploy/target/dist.stamp
needed_java=25
needed_node=20

fail() {
  echo "$1" >&2
  exit 1
}

is_java() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] && grep -q "^JAVA_VERSION=\"$needed_java[.\"+]" "$1/release"
}

find_java() {
  local candidate
  for candidate in \
    "${JAVA_HOME:-}" \
    "$(on_path)" \
    /usr/lib/jvm/* \
    "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* \
    "$(mac_java)"; do
    if [ -n "$candidate" ] && is_java "$candidate"; then
      echo "$candidate"
      return
    fi
  done
}

on_path() {
  local java
  java=$(command -v java) || return 0
  java=$(readlink -f "$java" 2>/dev/null || echo "$java")
  dirname "$(dirname "$java")"
}

mac_java() {
  if [ -x /usr/libexec/java_home ]; then
    /usr/libexec/java_home -v "$needed_java" 2>/dev/null || true
  fi
}

sources() {
  (cd "$root" && find pom.xml .mvn platform plugins tenant-admin deploy \
    \( -name target -o -name node_modules -o -name dist -path '*/web/dist' \) -prune -o -type f "$@" -print)
}

# What is built stays built while no source is newer and none has come or gone.
is_built() {
  [ -f "$stamp" ] && [ -f "$dist/dist.properties" ] \
    && [ "$(tail -n 1 "$stamp")" = "$(sources | sort | cksum)" ] \
    && [ -z "$(sources -newer "$stamp" | head -n 1)" ]
}

check_build_tools() {
  command -v mvn >/dev/null || fail "Maven (mvn) is missing: install Maven 3.8 or newer."
  command -v node >/dev/null || fail "Node.js (node) is missing: install Node.js $needed_node or newer."
  command -v npm >/dev/null || fail "npm is missing: install it beside Node.js."
  local version
  version=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
  [ "$version" -ge "$needed_node" ] || fail "Node.js $version is too old: install Node.js $needed_node or newer."
}

build() {
  check_build_tools
  local log=$root/deploy/target/build.log started=$SECONDS names
  mkdir -p "$root/deploy/target"
  names=$(sources | sort | cksum)
  touch "$stamp.new"
  echo "Building Relata (log: $log)"
  (cd "$root" && mvn -B -ntp package -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip=true) >"$log" 2>&1 &
  local maven=$! said=0 step last=
  trap 'kill $maven 2>/dev/null; exit 130' INT TERM
  while kill -0 $maven 2>/dev/null; do
    sleep 1
    step=$(sed -n 's/^\[INFO\] Building \(.*[^ ]\)  *\(\[[0-9/]*\]\)$/\2 \1/p' "$log" | tail -n 1)
    if [ -n "$step" ] && { [ "$step" != "$last" ] || [ $((SECONDS - said)) -ge 5 ]; }; then
      echo "  $step ($((SECONDS - started)) s)"
      last=$step said=$SECONDS
    elif [ $((SECONDS - said)) -ge 5 ]; then
      echo "  ... Maven ($((SECONDS - started)) s)"
      said=$SECONDS
    fi
  done
  trap - INT TERM
  if ! wait $maven; then
    rm -f "$stamp.new"
    grep '^\[ERROR\]' "$log" | head -n 8 >&2
    fail "Relata cannot be built; $log says why."
  fi
  echo "$names" >>"$stamp.new"
  mv "$stamp.new" "$stamp"
  echo "  built in $((SECONDS - started)) s"
}

java_home=$(find_java)
[ -n "$java_home" ] || fail "Java $needed_java (a JDK) is missing: install one, or set JAVA_HOME to it."

launch() {
  exec "$java_home/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -Drelata.dist="$dist" \
    -cp "$dist/lib/*" io.relata.deploy.Main "$@"
}
