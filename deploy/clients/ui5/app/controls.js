/** The few controls that the page needs; whatever they show and take goes through UI5's bindings. */
sap.ui.define(['sap/ui/core/Control'], (Control) => {
  'use strict';

  const Lines = Control.extend('relata.client.Lines', {
    metadata: {
      properties: { label: 'string' },
      aggregations: { items: { type: 'sap.ui.core.Control', multiple: true, bindable: 'bindable' } },
    },
    renderer: {
      apiVersion: 2,
      render(out, lines) {
        out.openStart('ul', lines).attr('aria-label', lines.getLabel()).openEnd();
        lines.getItems().forEach((item) => out.renderControl(item));
        out.close('ul');
      },
    },
  });

  const Line = Control.extend('relata.client.Line', {
    metadata: { properties: { text: 'string', detail: 'string' }, events: { press: {} } },
    onclick() {
      this.firePress();
    },
    renderer: {
      apiVersion: 2,
      render(out, line) {
        out.openStart('li', line).openEnd();
        out.text([line.getText(), line.getDetail()].filter(Boolean).join(' / '));
        out.close('li');
      },
    },
  });

  const Button = Control.extend('relata.client.Button', {
    metadata: { properties: { text: 'string' }, events: { press: {} } },
    onclick() {
      this.firePress();
    },
    renderer: {
      apiVersion: 2,
      render(out, button) {
        out.openStart('button', button).openEnd().text(button.getText()).close('button');
      },
    },
  });

  const Field = Control.extend('relata.client.Field', {
    metadata: { properties: { label: 'string', value: 'string' }, events: { change: {} } },
    onchange(event) {
      this.setValue(event.target.value);
      this.fireChange();
    },
    renderer: {
      apiVersion: 2,
      render(out, field) {
        out.openStart('label', field).openEnd().text(field.getLabel());
        out.voidStart('input', `${field.getId()}-input`).attr('value', field.getValue() ?? '').voidEnd();
        out.close('label');
      },
    },
  });

  return { Button, Field, Line, Lines };
});
