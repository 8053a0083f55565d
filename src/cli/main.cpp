// The command `magnesia`.
int main() {
  return 2;
}
