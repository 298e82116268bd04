// Makes the CSV files of this folder from the original Northwind export.
//
//   node derive.mjs <folder with the original files>
//
// The original quotes no cell, so that an address with a comma ("Rua do Paço, 67") has one cell too many. Only the
// address can hold a comma, so the surplus cells belong to it. Everything else is a join that a CSV import cannot
// express: the category's name, the manager's name, and per order the sum of its lines.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = process.argv[2];
const target = dirname(fileURLToPath(import.meta.url));

function parse(text) {
  const rows = [[]];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i];
      else quoted = false;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === ',' || c === '\n') {
      rows.at(-1).push(cell);
      cell = '';
      if (c === '\n' && i < text.length - 1) rows.push([]);
    } else if (c !== '\r') cell += c;
  }
  if (cell !== '') rows.at(-1).push(cell);
  return rows;
}

function read(name, addressColumn) {
  const [header, ...rows] = parse(readFileSync(join(source, `${name}.csv`), 'utf8'));
  return rows.map((row) => {
    const surplus = row.length - header.length;
    if (surplus > 0) {
      const at = header.indexOf(addressColumn);
      row.splice(at, surplus + 1, row.slice(at, at + surplus + 1).join(','));
    }
    return Object.fromEntries(header.map((column, i) => [column, row[i]]));
  });
}

function write(name, columns, rows) {
  const quote = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  writeFileSync(join(target, `${name}.csv`), `${lines.map((line) => line.map(quote).join(',')).join('\n')}\n`);
}

const byId = (rows, column) => new Map(rows.map((row) => [row[column], row]));

const customers = read('customers', 'address');
write('customers', Object.keys(customers[0]), customers);

const categories = byId(read('categories'), 'categoryID');
const products = read('products');
for (const product of products) product.categoryName = categories.get(product.categoryID).categoryName;
write('products', ['productID', 'productName', 'categoryName', 'quantityPerUnit', 'unitPrice', 'discontinued'], products);

const employees = read('employees');
const employeesById = byId(employees, 'employeeID');
for (const employee of employees) {
  const manager = employeesById.get(employee.reportsTo);
  employee.managerName = manager ? `${manager.firstName} ${manager.lastName}` : 'NULL';
}
write(
  'employees',
  ['employeeID', 'firstName', 'lastName', 'title', 'hireDate', 'city', 'country', 'homePhone', 'managerName'],
  employees,
);

// Money in ten thousandths of a dollar: prices and discounts have two decimals each, so the sum is exact.
const hundredths = (text) => BigInt(Math.round(Number(text) * 100));
const orders = byId(read('orders', 'shipAddress'), 'orderID');
for (const order of orders.values()) Object.assign(order, { total: 0n, largest: -1n });
for (const line of read('order-details')) {
  const order = orders.get(line.orderID);
  const value = hundredths(line.unitPrice) * BigInt(line.quantity) * (100n - hundredths(line.discount));
  order.total += value;
  if (value > order.largest) Object.assign(order, { largest: value, mainProductID: line.productID });
}
const companies = byId(customers, 'customerID');
for (const order of orders.values()) {
  const digits = String(order.total).padStart(5, '0');
  order.revenue = `${digits.slice(0, -4)}.${digits.slice(-4)}`;
  order.companyName = companies.get(order.customerID).companyName;
  order.status = order.shippedDate === 'NULL' ? 'unshipped' : 'shipped';
}
write(
  'orders',
  ['orderID', 'customerID', 'companyName', 'employeeID', 'mainProductID', 'orderDate', 'shippedDate', 'status', 'revenue'],
  [...orders.values()],
);
